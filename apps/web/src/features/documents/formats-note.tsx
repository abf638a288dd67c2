import { formatBytes } from '../../format.ts';
import type { TwinStatus } from '../../views.ts';

/** What can be added, said before anybody chooses. */
export function FormatsNote({ status }: { status: Pick<TwinStatus, 'formats' | 'limits'> }) {
  const kinds = [...new Set(status.formats.map((format) => format.replace(/^\./, '').toUpperCase()))];
  return (
    <>
      {kinds.join(', ')}, up to {formatBytes(status.limits.uploadBytesMax)} each
    </>
  );
}
