import { Fragment } from 'react';
import { formatBytes } from '../../format.ts';
import type { TwinStatus } from '../../views.ts';
import { kindsOfFormats } from './kinds-of-formats.ts';

/** What can be added, said before anybody chooses. */
export function FormatsNote({ status: { formats, limits } }: { status: Pick<TwinStatus, 'formats' | 'limits'> }) {
  return (
    <>
      {kindsOfFormats(formats).map((kind) => (
        <Fragment key={kind}>
          <span className="whitespace-nowrap">{kind},</span>{' '}
        </Fragment>
      ))}
      up to {formatBytes(limits.uploadBytesMax)} each
    </>
  );
}
