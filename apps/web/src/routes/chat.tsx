import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ChatScreen } from '../features/chat/chat-screen.tsx';
import { useConversation } from '../features/chat/use-conversation.ts';
import { NotFound } from './not-found.tsx';

/** A new chat and every conversation: one component, so that the page stays as it is when a new chat gets its address. */
export function ChatRoute() {
  const { conversationId } = useParams({ strict: false });
  const { cite } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { problem } = useConversation(conversationId);

  if (problem?.code === 'not-found' || problem?.code === 'invalid-input') {
    return (
      <NotFound title="This conversation is not here">It may have been deleted, or the address is mistyped.</NotFound>
    );
  }
  return (
    <ChatScreen
      conversationId={conversationId}
      cite={cite}
      onCite={(address) =>
        void navigate({
          to: '.',
          search: address === undefined ? {} : { cite: address },
          replace: address === undefined || cite !== undefined,
        })
      }
    />
  );
}
