import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PenLine, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { formatDateTime } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { VisitorConversation } from '../../views.ts';

interface VisitorConversationsProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  conversationId: string | undefined;
  onConversation: (id: string | undefined) => Promise<void>;
}

/** A visitor's own conversations: to go back to, and to be rid of. */
export function VisitorConversations({ open, onOpenChange, ...rest }: VisitorConversationsProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} side="left" label="Your conversations">
      <div className="flex h-14 shrink-0 items-center gap-2 border-b border-line pr-2 pl-5">
        <h2 className="flex-1 font-semibold">Your conversations</h2>
        <IconButton label="Close" onClick={() => onOpenChange(false)}>
          <X aria-hidden className="size-5" />
        </IconButton>
      </div>
      {open && <OwnConversations {...rest} onClose={() => onOpenChange(false)} />}
    </Sheet>
  );
}

interface OwnConversationsProps extends Pick<VisitorConversationsProps, 'conversationId' | 'onConversation'> {
  onClose: () => void;
}

function OwnConversations({ conversationId, onConversation, onClose }: OwnConversationsProps) {
  const list = useQuery(trpc.visitor.conversations.queryOptions(undefined, { staleTime: 0 }));
  const { remove, removeAll } = useDeletions((id) => {
    if (id === undefined || id === conversationId) void onConversation(undefined);
  });
  const [isAsked, setAsked] = useState(false);

  function open(id: string | undefined) {
    onClose();
    void onConversation(id);
  }

  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto p-3">
        <Button look="quiet" className="w-full justify-start" onClick={() => open(undefined)}>
          <PenLine aria-hidden className="size-4" />
          New conversation
        </Button>
        {list.data === undefined && (
          <LoadState query={list} label="Loading" bars={['mt-4 h-4 w-4/5', 'mt-3 h-4 w-3/5']} />
        )}
        {list.data?.length === 0 && <p className="px-4 pt-3 text-sm text-muted">Nothing is kept of you here.</p>}
        <ul className="mt-2">
          {list.data?.map((conversation) => (
            <Row
              key={conversation.id}
              conversation={conversation}
              isOpen={conversation.id === conversationId}
              onOpen={() => open(conversation.id)}
              onDelete={() => remove(conversation.id)}
            />
          ))}
        </ul>
      </div>
      {(list.data?.length ?? 0) > 0 && (
        <div className="border-t border-line p-4">
          <Button look="danger" size="small" onClick={() => setAsked(true)}>
            <Trash2 aria-hidden className="size-4" />
            Delete all my data
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setAsked}
        title="Delete all your conversations?"
        description="Everything you asked here, and every answer, will be gone for good."
        action="Delete everything"
        onConfirm={removeAll}
      />
    </>
  );
}

interface RowProps {
  conversation: VisitorConversation;
  isOpen: boolean;
  onOpen: () => void;
  onDelete: () => void;
}

function Row({ conversation: { title, updatedAt }, isOpen, onOpen, onDelete }: RowProps) {
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        aria-current={isOpen ? 'true' : undefined}
        onClick={onOpen}
        className="target min-w-0 flex-1 rounded-lg px-4 py-2 text-left text-sm hover:bg-hover aria-[current=true]:font-medium"
      >
        <span className="block truncate">{title}</span>
        <span className="block text-xs text-muted">{formatDateTime(updatedAt)}</span>
      </button>
      <IconButton label={`Delete “${title}”`} onClick={onDelete}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
    </li>
  );
}

/** @param onDeleted called with the id of the conversation that is gone, or with none when all are. */
function useDeletions(onDeleted: (id: string | undefined) => void) {
  const queryClient = useQueryClient();
  const settled = {
    onError: (error: unknown) => notifyProblem('It could not be deleted', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.visitor.conversations.queryKey() }),
  };
  const deleting = useMutation(
    trpc.visitor.deleteConversation.mutationOptions({
      ...settled,
      onSuccess: (_answer, { id }) => {
        onDeleted(id);
        queryClient.removeQueries({ queryKey: trpc.visitor.conversation.queryKey({ id }) });
      },
    }),
  );
  const deletingAll = useMutation(
    trpc.visitor.deleteEverything.mutationOptions({
      ...settled,
      onSuccess: () => {
        notify('Everything was deleted');
        onDeleted(undefined);
        queryClient.removeQueries({ queryKey: trpc.visitor.conversation.queryKey() });
      },
    }),
  );
  return { remove: (id: string) => deleting.mutate({ id }), removeAll: () => deletingAll.mutate() };
}
