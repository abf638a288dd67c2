import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount, formatNumber } from '../../format.ts';
import { forgetUnsent, useUnsent } from './unsent-files.ts';

/** So many are named at once; one line that says “1 more” would save nothing. */
const namedAtOnce = 4;

/** Names the files that a reload or a crash has cut off: a browser lets no page send them without being asked again. */
export function UnsentNotice() {
  const unsent = useUnsent();
  if (unsent.length === 0) {
    return null;
  }
  const named = unsent.length > namedAtOnce + 1 ? unsent.slice(0, namedAtOnce) : unsent;
  const others = unsent.slice(named.length);
  return (
    <div className="mt-8">
      <Notice
        tone="warn"
        actions={
          <Button size="small" look="quiet" onClick={() => forgetUnsent(unsent)}>
            Dismiss
          </Button>
        }
      >
        {formatCount(unsent.length, 'file was', 'files were')} not sent when this page was left. Choose{' '}
        {unsent.length === 1 ? 'it' : 'them'} again: what is here already is not added twice.
        <Paths paths={named} />
        {others.length > 0 && (
          <details>
            <summary className="target mt-1 inline-block rounded-md underline underline-offset-2">
              {formatNumber(others.length)} more
            </summary>
            <Paths paths={others} />
          </details>
        )}
      </Notice>
    </div>
  );
}

function Paths({ paths }: { paths: readonly string[] }) {
  return (
    <ul className="mt-1 text-soft">
      {paths.map((path) => (
        <li key={path} dir="auto" className="text-start break-words">
          {path}
        </li>
      ))}
    </ul>
  );
}
