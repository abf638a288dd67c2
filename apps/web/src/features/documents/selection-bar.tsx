import { FolderMinus, FolderPlus, RotateCw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { formatNumber } from '../../format.ts';
import type { DocumentView } from '../../views.ts';
import type { DocumentsSearch } from './documents-search.ts';
import { OrganizeDialog } from './organize-dialog.tsx';
import { useDeletion } from './use-deletion.ts';
import { useOrganizing } from './use-organizing.ts';
import { useReadings } from './use-readings.ts';
import type { Selection } from './use-selection.ts';

interface SelectionBarProps {
  selection: Selection;
  documents: readonly DocumentView[];
  search: DocumentsSearch;
}

/** What can be done with all the chosen documents at once. */
export function SelectionBar({ selection, documents, search }: SelectionBarProps) {
  const { ids, clear } = selection;
  const [organizing, setOrganizing] = useState(false);
  const { remove } = useDeletion();
  const { reindex } = useReadings();
  const readyIds = documents
    .filter((each) => selection.has(each.id) && each.ingestion.stage === 'ready')
    .map(({ id }) => id);
  return (
    <div
      role="toolbar"
      aria-label="Chosen documents"
      className="flex min-w-0 flex-1 flex-wrap items-center gap-2 py-1.5 pr-1"
    >
      <div className="mr-auto flex items-center gap-1 max-sm:w-full">
        <p aria-live="polite" className="tabular text-sm font-semibold text-accent">
          {formatNumber(ids.length)} chosen
        </p>
        <IconButton label="Choose none" onClick={clear} className="size-8">
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <Button size="small" onClick={() => setOrganizing(true)}>
        <FolderPlus aria-hidden className="size-4 max-sm:hidden" />
        Organize
      </Button>
      <TakeOutButton ids={ids} search={search} onDone={clear} />
      {readyIds.length > 0 && (
        <Button
          size="small"
          onClick={() => {
            reindex.mutate({ ids: readyIds });
            clear();
          }}
        >
          <RotateCw aria-hidden className="size-4 max-sm:hidden" />
          Read again
        </Button>
      )}
      <Button
        size="small"
        look="danger"
        onClick={() => {
          remove.mutate({ ids });
          clear();
        }}
      >
        <Trash2 aria-hidden className="size-4 max-sm:hidden" />
        Delete
      </Button>
      <OrganizeDialog
        ids={ids}
        open={organizing}
        onOpenChange={(open) => {
          setOrganizing(open);
          if (!open) clear();
        }}
      />
    </div>
  );
}

/** Out of the collection or the tag that the list shows; nothing where it shows all. */
function TakeOutButton({ ids, search, onDone }: { ids: string[]; search: DocumentsSearch; onDone: () => void }) {
  const { organize } = useOrganizing();
  const { collection, tag } = search;
  if (collection === undefined && tag === undefined) return null;
  return (
    <Button
      size="small"
      onClick={() => {
        organize.mutate({
          ids,
          ...(collection !== undefined && { removeFromCollection: collection }),
          ...(tag !== undefined && { removeTags: [tag] }),
        });
        onDone();
      }}
    >
      <FolderMinus aria-hidden className="size-4 max-sm:hidden" />
      {collection === undefined ? 'Remove tag' : 'Take out'}
    </Button>
  );
}
