import { Link, useParams } from '@tanstack/react-router';
import { Ellipsis, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ActionMenu, MenuAction } from '../../components/menu.tsx';
import { RenameDialog } from '../../components/rename-dialog.tsx';
import type { ConversationView } from '../../views.ts';
import { useConversationChanges } from './use-conversation-changes.ts';

interface ConversationItemProps {
  conversation: ConversationView;
  onDeletedCurrent: () => void;
}

export function ConversationItem({ conversation, onDeletedCurrent }: ConversationItemProps) {
  const { conversationId } = useParams({ strict: false });
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const { rename, remove } = useConversationChanges(conversation);

  return (
    <li className="group relative">
      <Link
        to="/c/$conversationId"
        params={{ conversationId: conversation.id }}
        className="target flex h-9 items-center rounded-lg px-2.5 group-focus-within:pr-9 group-hover:pr-9 group-has-data-popup-open:pr-9 touch:pr-11 text-sm text-soft hover:bg-hover hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:text-ink aria-[current=page]:shadow-[0_0_0_1px_var(--line)]"
        activeOptions={{ includeSearch: false }}
        title={conversation.title}
      >
        <span dir="auto" className="truncate">
          {conversation.title}
        </span>
      </Link>
      <div className="absolute inset-y-0 right-0.5 flex items-center opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-data-popup-open:opacity-100 touch:opacity-100">
        <ConversationMenu title={conversation.title} onChoose={setDialog} />
      </div>
      <RenameDialog
        open={dialog === 'rename'}
        onOpenChange={(open) => setDialog(open ? 'rename' : null)}
        heading="Rename conversation"
        label="Title"
        name={conversation.title}
        charactersMax={300}
        onRename={rename}
      />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={(open) => setDialog(open ? 'delete' : null)}
        title="Delete this conversation?"
        description={`“${conversation.title}” and its answers will be gone for good. Your documents stay.`}
        action="Delete conversation"
        onConfirm={() => {
          remove();
          if (conversationId === conversation.id) {
            onDeletedCurrent();
          }
        }}
      />
    </li>
  );
}

interface ConversationMenuProps {
  title: string;
  onChoose: (dialog: 'rename' | 'delete') => void;
}

function ConversationMenu({ title, onChoose }: ConversationMenuProps) {
  return (
    <ActionMenu
      trigger={
        <IconButton label={`Options for ${title}`} className="size-8" title="Options">
          <Ellipsis aria-hidden className="size-4" />
        </IconButton>
      }
    >
      <MenuAction icon={<PencilLine aria-hidden className="size-4" />} onSelect={() => onChoose('rename')}>
        Rename
      </MenuAction>
      <MenuAction danger icon={<Trash2 aria-hidden className="size-4" />} onSelect={() => onChoose('delete')}>
        Delete
      </MenuAction>
    </ActionMenu>
  );
}
