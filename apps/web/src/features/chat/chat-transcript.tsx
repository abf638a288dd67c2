import type { ComponentProps } from 'react';
import { LoadProblem } from '../../components/load-problem.tsx';
import { Skeleton, textBars } from '../../components/skeleton.tsx';
import { Transcript } from './transcript.tsx';
import { Turn } from './turn.tsx';
import { turnsOf } from './turns-of.ts';
import type { Chat } from './use-chat.ts';

type ShownChat = Pick<Chat, 'title' | 'isLoading' | 'messages' | 'live' | 'pending' | 'answering' | 'send'> & {
  /** Not there for visitors, who ask everything at once. */
  sendToAll?: Chat['sendToAll'];
  failed: ComponentProps<typeof LoadProblem>['query'] | null;
};

interface ChatTranscriptProps {
  chat: ShownChat;
  cite: string | undefined;
  readyDocuments: number | undefined;
  onOpenCitation: (address: string) => void;
}

/** Every question with its answer, and the question that is still on its way. */
export function ChatTranscript({ chat, cite, readyDocuments, onOpenCitation }: ChatTranscriptProps) {
  const { title, isLoading, failed, messages, live, pending, answering, send, sendToAll = null } = chat;
  const turns = turnsOf(messages);
  const shared = {
    readyDocuments,
    openAddress: cite,
    onOpenCitation,
    onAsk: answering ? null : send,
    onAskAll: answering ? null : sendToAll,
  };
  return (
    <Transcript cite={isLoading ? undefined : cite} askedCount={pending === null ? 0 : turns.length + 1}>
      <h1 className="sr-only">{title ?? 'New conversation'}</h1>
      {isLoading && <Skeleton label="Loading the conversation" bars={turnBars} />}
      {failed !== null && <LoadProblem query={failed} />}
      {turns.map(({ id, question, answer }, at) => (
        <Turn
          key={id}
          question={question}
          answer={answer}
          progress={answer !== undefined && live?.message.id === answer.id ? live : null}
          isLast={at === turns.length - 1}
          {...shared}
        />
      ))}
      {pending !== null && <Turn question={pending} answer={undefined} progress={null} isLast {...shared} />}
    </Transcript>
  );
}

const turnBars = ['mb-3 h-7 w-2/3 rounded-md', ...textBars];
