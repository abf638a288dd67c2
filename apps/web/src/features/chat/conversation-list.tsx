import { useQuery } from '@tanstack/react-query';
import { LoadProblem } from '../../components/load-problem.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { trpc } from '../../trpc.ts';
import { groupByDate } from './conversation-groups.ts';
import { ConversationItem } from './conversation-item.tsx';

/** Every earlier conversation, newest first. */
export function ConversationList({ onDeletedCurrent }: { onDeletedCurrent: () => void }) {
  const conversations = useQuery(trpc.conversations.list.queryOptions({}));
  if (conversations.data === undefined) {
    return (
      <div className="px-5.5 pt-1">
        {conversations.isError ? (
          <LoadProblem query={conversations} />
        ) : (
          <Skeleton label="Loading the conversations" bars={['h-4 w-4/5', 'h-4 w-3/5', 'h-4 w-2/3']} />
        )}
      </div>
    );
  }
  if (conversations.data.length === 0) {
    return (
      <nav aria-label="Conversations" className="px-5.5 text-sm text-muted">
        Your conversations will be kept here.
      </nav>
    );
  }
  return (
    <nav aria-label="Conversations" className="relative min-h-0 flex-1 overflow-y-auto px-3 pb-6">
      {groupByDate(conversations.data, new Date(conversations.dataUpdatedAt)).map((group) => (
        <div key={group.label} className="mt-4 first:mt-0">
          <h2 className="px-2.5 pb-1 text-xs font-medium text-muted">{group.label}</h2>
          <ul>
            {group.conversations.map((conversation) => (
              <ConversationItem key={conversation.id} conversation={conversation} onDeletedCurrent={onDeletedCurrent} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
