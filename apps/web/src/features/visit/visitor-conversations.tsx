import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PenLine, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { notifyProblem } from '../../components/toaster.tsx';
import { formatDateTime } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { VisitorConversation } from '../../views.ts';
import { draftsOf } from '../chat/drafts.ts';
import { request } from '../session/session.ts';

interface VisitorConversationsProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  conversationId: string | undefined;
  onConversation: (id: string | undefined) => Promise<void>;
  onLeft: () => void;
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

interface OwnConversationsProps
  extends Pick<VisitorConversationsProps, 'conversationId' | 'onConversation' | 'onLeft'> {
  onClose: () => void;
}

function OwnConversations({ conversationId, onConversation, onLeft, onClose }: OwnConversationsProps) {
  const list = useQuery(trpc.visitor.conversations.queryOptions(undefined, { staleTime: 0 }));
  const remove = useDeletion((id) => {
    if (id === conversationId) void onConversation(undefined);
  });
  const leave = useLeaving(async () => {
    await onConversation(undefined);
    onLeft();
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
      <div className="border-t border-line p-4">
        <Button look="danger" size="small" onClick={() => setAsked(true)}>
          <Trash2 aria-hidden className="size-4" />
          Delete all my data
        </Button>
      </div>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setAsked}
        title="Delete all your data?"
        description="Everything you asked here, and every answer, will be gone for good. This browser is let in again only by your link."
        action="Delete everything"
        onConfirm={leave}
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
  const [isAsked, setAsked] = useState(false);
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        aria-current={isOpen ? 'true' : undefined}
        onClick={onOpen}
        className="target min-w-0 flex-1 rounded-lg px-4 py-2 text-left text-sm hover:bg-hover aria-[current=true]:font-medium"
      >
        <span dir="auto" className="block truncate">
          {title}
        </span>
        <span className="block text-xs text-muted">{formatDateTime(updatedAt)}</span>
      </button>
      <IconButton label={`Delete “${title}”`} onClick={() => setAsked(true)}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setAsked}
        title="Delete this conversation?"
        description={`“${title}” and its answers will be gone for good.`}
        action="Delete conversation"
        onConfirm={onDelete}
      />
    </li>
  );
}

/** @param onDeleted called with the id of the conversation that is gone. */
function useDeletion(onDeleted: (id: string) => void) {
  const queryClient = useQueryClient();
  const deleting = useMutation(
    trpc.visitor.deleteConversation.mutationOptions({
      onSuccess: (_answer, { id }) => {
        draftsOf.visitor.write(id, '');
        onDeleted(id);
        queryClient.removeQueries({ queryKey: trpc.visitor.conversation.queryKey({ id }) });
      },
      onError: (error) => notifyProblem('It could not be deleted', error),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.visitor.conversations.queryKey() }),
    }),
  );
  return (id: string) => deleting.mutate({ id });
}

/** Deletes all that is kept of this visitor, there and here, and then what proves who it was. */
function useLeaving(onLeft: () => Promise<void>) {
  const queryClient = useQueryClient();
  const deleting = useMutation(trpc.visitor.deleteEverything.mutationOptions());
  const leaving = useMutation({
    mutationFn: async () => {
      await deleting.mutateAsync();
      draftsOf.visitor.clear();
      await request('/api/visit/leave', {});
    },
    onSuccess: async () => {
      await onLeft();
      queryClient.removeQueries({ queryKey: trpc.visitor.pathKey() });
    },
    onError: (error) => {
      notifyProblem('Not everything could be deleted', error);
      void queryClient.invalidateQueries({ queryKey: trpc.visitor.pathKey() });
    },
  });
  return () => leaving.mutate();
}
