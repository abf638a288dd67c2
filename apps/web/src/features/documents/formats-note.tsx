import { Fragment, useState } from 'react';
import { formatBytes, formatNumber } from '../../format.ts';
import type { TwinStatus } from '../../views.ts';
import { kindsOfFormats } from './kinds-of-formats.ts';

/** What most people have; the others are named to whoever asks. */
const usual: ReadonlySet<string> = new Set(
  'PDF,Word,PowerPoint,Excel,OpenDocument,EPUB,Markdown,HTML,text,CSV,e-mail,pictures of text,ZIP'.split(','),
);

/** What can be added, said before anybody chooses. */
export function FormatsNote({ status: { formats, limits } }: { status: Pick<TwinStatus, 'formats' | 'limits'> }) {
  const [all, setAll] = useState(false);
  const kinds = kindsOfFormats(formats);
  const shown = all ? kinds : kinds.filter((kind) => usual.has(kind));
  const others = kinds.length - shown.length;
  return (
    <>
      {shown.map((kind) => (
        <Fragment key={kind}>
          <span className="whitespace-nowrap">{kind},</span>{' '}
        </Fragment>
      ))}
      {others > 0 && (
        <>
          <button
            type="button"
            onClick={() => setAll(true)}
            className="rounded whitespace-nowrap underline decoration-line-strong underline-offset-3 hover:text-ink"
          >
            {formatNumber(others)} more kinds
          </button>
          ,{' '}
        </>
      )}
      <span className="whitespace-nowrap">up to {formatBytes(limits.uploadBytesMax)} each</span>
    </>
  );
}
