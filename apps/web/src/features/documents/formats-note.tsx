import { Fragment, useRef, useState } from 'react';
import { formatBytes, formatCount } from '../../format.ts';
import type { TwinStatus } from '../../views.ts';

/** What most people have; the others are named to whoever asks. */
const usual: ReadonlySet<string> = new Set(
  'PDF,Word,PowerPoint,Excel,OpenDocument,EPUB,Markdown,HTML,text,CSV,e-mail,pictures of text,ZIP'.split(','),
);

/** What can be added, said before anybody chooses. */
export function FormatsNote({
  status: { formatKinds, limits },
}: {
  status: Pick<TwinStatus, 'formatKinds' | 'limits'>;
}) {
  const [all, setAll] = useState(false);
  const note = useRef<HTMLSpanElement>(null);
  const shown = all ? formatKinds : formatKinds.filter((kind) => usual.has(kind));
  const others = formatKinds.length - shown.length;
  return (
    <span ref={note} tabIndex={-1} className="outline-none">
      {shown.map((kind) => (
        <Fragment key={kind}>
          <span className="whitespace-nowrap">{kind},</span>{' '}
        </Fragment>
      ))}
      {others > 0 && (
        <>
          <button
            type="button"
            onClick={() => {
              // This button goes away: the focus goes to what it brought, and not to the top of the page.
              note.current?.focus();
              setAll(true);
            }}
            className="rounded whitespace-nowrap underline decoration-line-strong underline-offset-3 hover:text-ink"
          >
            {formatCount(others, 'more kind')}
          </button>
          ,{' '}
        </>
      )}
      <span className="whitespace-nowrap">up to {formatBytes(limits.uploadBytesMax)} each</span>
    </span>
  );
}
