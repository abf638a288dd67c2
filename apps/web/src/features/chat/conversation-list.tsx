import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { LoadProblem } from '../../components/load-problem.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { trpc } from '../../trpc.ts';
import { groupByDate } from './conversation-groups.ts';
import { ConversationItem } from './conversation-item.tsx';
import { findConversations } from './find-conversations.ts';

/** Fewer are looked through faster than a word is typed. */
const findFrom = 12;

/** Every earlier conversation, newest first, or those whose title holds what is looked for. */
export function ConversationList({ onDeletedCurrent }: { onDeletedCurrent: () => void }) {
  const conversations = useQuery(trpc.conversations.list.queryOptions({}));
  const [wanted, setWanted] = useState('');
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
  const hasField = conversations.data.length >= findFrom || wanted !== '';
  const found = findConversations(conversations.data, wanted);
  return (
    <>
      {hasField && <FindField wanted={wanted} onChange={setWanted} />}
      <nav aria-label="Conversations" className="relative min-h-0 flex-1 overflow-y-auto px-3 pb-6">
        {groupByDate(found, new Date(conversations.dataUpdatedAt)).map((group) => (
          <div key={group.label} className="mt-4 first:mt-0">
            <h2 className="px-2.5 pb-1 text-xs font-medium text-muted">{group.label}</h2>
            <ul>
              {group.conversations.map((conversation) => (
                <ConversationItem
                  key={conversation.id}
                  conversation={conversation}
                  onDeletedCurrent={onDeletedCurrent}
                />
              ))}
            </ul>
          </div>
        ))}
        {/* There before it says anything, or it would not be read out. */}
        <p role="status" className="px-2.5 text-sm text-muted">
          {found.length === 0 && 'No conversation is called that.'}
        </p>
      </nav>
    </>
  );
}

function FindField({ wanted, onChange }: { wanted: string; onChange: (wanted: string) => void }) {
  return (
    <label className="relative mx-3 mb-3 block shrink-0">
      <span className="sr-only">Find a conversation</span>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <input
        type="search"
        value={wanted}
        onChange={(event) => onChange(event.target.value)}
        placeholder="Find a conversation"
        className="target h-9 w-full rounded-lg border border-line bg-paper pr-2 pl-9 text-sm text-ink touch:text-base"
      />
    </label>
  );
}
