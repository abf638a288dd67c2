import { Copy } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { formatDateTime } from '../../format.ts';
import type { MessageView } from '../../views.ts';
import { AddToEvaluation } from './add-to-evaluation.tsx';
import { answerAsHtml } from './answer-as-html.ts';
import { answerAsText } from './answer-as-text.ts';
import { answerFacts } from './answer-facts.ts';
import { useIsVisitor } from './audience.ts';
import { useCurrency } from './use-currency.ts';

/** What can be done with an answer, who wrote it when, and what it cost. */
export function AnswerFooter({ message }: { message: MessageView }) {
  const isVisitor = useIsVisitor();
  const currency = useCurrency(message.usage?.cost != null);

  async function copy(button: Element) {
    // Until its format has arrived, an answer has none to copy.
    const shown = button.closest('article')?.querySelector('.prose:not(:has(> [data-unformatted]))');
    const asText = answerAsText(message);
    try {
      // Some browsers take words alone.
      await (shown == null || typeof ClipboardItem === 'undefined'
        ? navigator.clipboard.writeText(asText)
        : writeBoth(asText, answerAsHtml(shown, message.citations)));
      notify('Answer copied, with its sources');
    } catch (error) {
      notifyProblem('The browser did not allow copying', error);
    }
  }

  return (
    <div className="-ml-2 flex flex-wrap items-center gap-x-1 text-sm text-muted">
      <IconButton label="Copy answer" onClick={(event) => void copy(event.currentTarget)}>
        <Copy aria-hidden className="size-4" />
      </IconButton>
      {message.state === 'done' && !isVisitor && <AddToEvaluation messageId={message.id} />}
      {/* Where it wraps to a line of its own, it stands flush with the answer again. */}
      <span className="ml-2">
        {answerFacts(message, currency).map((fact) => `${fact} · `)}
        <time dateTime={message.createdAt}>{formatDateTime(message.createdAt)}</time>
      </span>
    </div>
  );
}

/** Each program takes what it can paste. */
async function writeBoth(text: string, html: string): Promise<void> {
  const kinds = { 'text/plain': text, 'text/html': html };
  const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })] as const);
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}
