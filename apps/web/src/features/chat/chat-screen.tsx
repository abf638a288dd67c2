import { LoadState } from '../../components/load-state.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useTwinStatus } from '../../use-twin-status.ts';
import { AskArea } from './ask-area.tsx';
import { ChatTranscript } from './chat-transcript.tsx';
import { rememberOpener } from './citation-opener.ts';
import { findCited } from './cite-address.ts';
import { SourcePanel } from './source-panel.tsx';
import { StaleSources } from './stale-sources.ts';
import { useChat } from './use-chat.ts';
import { Welcome } from './welcome.tsx';

interface ChatScreenProps {
  conversationId: string | undefined;
  /** The address of the open citation. */
  cite: string | undefined;
  onCite: (address: string | undefined) => void;
}

export function ChatScreen({ conversationId, cite, onCite }: ChatScreenProps) {
  const twin = useTwinStatus();
  const status = twin.data;
  const chat = useChat(conversationId);
  const isNew = conversationId === undefined && chat.pending === null;

  function openCitation(address: string) {
    rememberOpener();
    onCite(address);
  }

  return (
    <>
      <PageTitle title={chat.title} />
      <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none print:block">
        {isNew ? (
          <div className="relative min-h-0 flex-1 overflow-y-auto">
            {status !== undefined && <Welcome status={status} onAsk={chat.send} />}
            {status === undefined && (
              <div className="mx-auto w-full max-w-measure px-5 py-10 sm:py-16">
                <LoadState
                  query={twin}
                  label="Loading"
                  bars={['mb-2 h-9 w-3/4 rounded-md', 'h-4 w-full', 'h-4 w-2/3']}
                />
              </div>
            )}
          </div>
        ) : (
          <StaleSources value={chat.staleSources}>
            <ChatTranscript
              chat={chat}
              cite={cite}
              readyDocuments={status?.documents.ready}
              onOpenCitation={openCitation}
            />
          </StaleSources>
        )}
        <AskArea chat={chat} conversationId={conversationId} status={status} isNew={isNew} />
      </main>
      <SourcePanel
        address={cite}
        passage={cite === undefined || chat.isLoading ? undefined : (findCited(chat.messages, cite) ?? null)}
        onClose={() => onCite(undefined)}
      />
    </>
  );
}
