import { formatBytes } from '../../format.ts';
import type { TwinStatus } from '../../views.ts';

/** What people call the formats whose extension is not their name. */
const names: Record<string, string> = {
  '.docx': 'Word',
  '.md': 'Markdown',
  '.markdown': 'Markdown',
  '.htm': 'HTML',
  '.txt': 'text',
  '.log': 'logs',
};

/** What can be added, said before anybody chooses. */
export function FormatsNote({ status: { formats, limits } }: { status: Pick<TwinStatus, 'formats' | 'limits'> }) {
  const kinds = new Set(formats.map((format) => names[format] ?? format.slice(1).toUpperCase()));
  return (
    <>
      {[...kinds].join(', ')}, up to {formatBytes(limits.uploadBytesMax)} each
    </>
  );
}
