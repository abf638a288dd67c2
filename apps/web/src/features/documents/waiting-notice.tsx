import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../format.ts';
import type { TwinStatus } from '../../views.ts';

/** Says that reading is held up by something outside the documents, and by what. */
export function WaitingNotice({ waiting }: Pick<TwinStatus, 'waiting'>) {
  if (waiting === null) {
    return null;
  }
  return (
    <div className="mt-8">
      <Notice tone="warn">
        <span className="font-semibold">Reading waits.</span> {waiting.message}{' '}
        {waiting.count === 1
          ? 'One document waits and goes on by itself.'
          : `${formatCount(waiting.count, 'document')} wait and go on by themselves.`}
      </Notice>
    </div>
  );
}
