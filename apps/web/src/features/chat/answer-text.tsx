import { lazy, Suspense } from 'react';
import type { MessageView } from '../../views.ts';
import { CitationsOfAnswer } from './citation-chip.tsx';
import { withoutMarkers } from './citation-markers.ts';

// Begun with the chat page, so that it is there before the first answer.
const markdown = import('./answer-markdown.tsx');
const AnswerMarkdown = lazy(() => markdown);

interface AnswerTextProps {
  message: MessageView;
  writing: boolean;
  openAddress: string | undefined;
  onOpenCitation: (address: string) => void;
}

/** The words of an answer with their citations. Markdown arrives a moment later than the page; the words do not wait. */
export function AnswerText({ message, writing, openAddress, onOpenCitation }: AnswerTextProps) {
  return (
    <CitationsOfAnswer
      value={{
        messageId: message.id,
        citations: message.citations,
        unsupported: message.unsupported,
        openAddress,
        onOpen: onOpenCitation,
      }}
    >
      <div className="prose" data-writing={writing || undefined}>
        <Suspense
          fallback={
            <p data-unformatted dir="auto" className="whitespace-pre-wrap">
              {withoutMarkers(message.text)}
            </p>
          }
        >
          <AnswerMarkdown
            text={message.text}
            known={{
              cited: message.citations.map(({ number }) => number),
              unsupported: message.unsupported.map(({ number }) => number),
            }}
            writing={writing}
          />
        </Suspense>
      </div>
    </CitationsOfAnswer>
  );
}
