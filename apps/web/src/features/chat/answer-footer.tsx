import { Copy } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { formatDateTime } from '../../format.ts';
import type { MessageView } from '../../views.ts';
import { AddToEvaluation } from './add-to-evaluation.tsx';
import { answerAsText } from './answer-as-text.ts';
import { answerFacts } from './answer-facts.ts';

/** What can be done with an answer, who wrote it when, and what it cost. */
export function AnswerFooter({ message }: { message: MessageView }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(answerAsText(message));
      notify('Answer copied, with its sources');
    } catch (error) {
      notifyProblem('The browser did not allow copying', error);
    }
  }

  return (
    <div className="-ml-2 flex flex-wrap items-center gap-x-1 text-sm text-muted">
      <IconButton label="Copy answer" onClick={() => void copy()}>
        <Copy aria-hidden className="size-4" />
      </IconButton>
      {message.state === 'done' && <AddToEvaluation messageId={message.id} />}
      {/* Where it wraps to a line of its own, it stands flush with the answer again. */}
      <span className="ml-2">
        {answerFacts(message).map((fact) => `${fact} · `)}
        <time dateTime={message.createdAt}>{formatDateTime(message.createdAt)}</time>
      </span>
    </div>
  );
}
