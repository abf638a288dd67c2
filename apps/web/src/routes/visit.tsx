import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { VisitScreen } from '../features/visit/visit-screen.tsx';

/** What a share link opens. Its token stands behind the `#`, and goes from the address as soon as it has been used. */
export function VisitRoute() {
  const { c: conversationId, cite } = useSearch({ from: '/visit' });
  const { hash } = useLocation();
  const navigate = useNavigate();
  return (
    <VisitScreen
      token={hash}
      onEntered={() => void navigate({ to: '/visit', search: true, hash: '', replace: true })}
      conversationId={conversationId}
      onConversation={async (id) => await navigate({ to: '/visit', search: id === undefined ? {} : { c: id } })}
      cite={cite}
      onCite={(address) =>
        void navigate({
          to: '/visit',
          search: {
            ...(conversationId !== undefined && { c: conversationId }),
            ...(address !== undefined && { cite: address }),
          },
          replace: address === undefined || cite !== undefined,
        })
      }
    />
  );
}
