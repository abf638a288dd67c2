import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Folder, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { trpc } from '../../trpc.ts';
import type { DocumentView } from '../../views.ts';
import { useOrganizing } from './use-organizing.ts';

interface DocumentLabelsProps {
  document: DocumentView;
  /** Whether each can be taken off here. */
  removable?: boolean;
}

/** The collections and tags of a document; each leads to the others that bear it. */
export function DocumentLabels({ document: { id, tags, collectionIds }, removable = false }: DocumentLabelsProps) {
  const { collections = [] } = useQuery(trpc.collections.list.queryOptions({})).data ?? {};
  const { organize } = useOrganizing();
  const own = collections.filter((collection) => collectionIds.includes(collection.id));
  if (own.length === 0 && tags.length === 0) {
    return null;
  }
  const ids = [id];
  return (
    <div role="group" aria-label="Collections and tags" className="mt-2 flex flex-wrap gap-1.5 touch:gap-2.5">
      {own.map((collection) => (
        <Label
          key={collection.id}
          name={collection.name}
          onRemove={removable ? () => organize.mutate({ ids, removeFromCollection: collection.id }) : undefined}
        >
          <Link
            to="/documents"
            search={{ collection: collection.id }}
            className="reach flex items-center gap-1 hover:underline"
          >
            <Folder aria-hidden className="size-3.5 text-accent" />
            {collection.name}
          </Link>
        </Label>
      ))}
      {tags.map((tag) => (
        <Label
          key={tag}
          name={tag}
          onRemove={removable ? () => organize.mutate({ ids, removeTags: [tag] }) : undefined}
        >
          <Link to="/documents" search={{ tag }} className="reach hover:underline">
            <span aria-hidden>#</span>
            {tag}
          </Link>
        </Label>
      ))}
    </div>
  );
}

function Label({
  name,
  onRemove,
  children,
}: {
  name: string;
  onRemove: (() => void) | undefined;
  children: ReactNode;
}) {
  return (
    <span className="flex items-center gap-0.5 rounded-full border border-line bg-sunken px-2.5 py-0.5 text-xs text-soft touch:py-1.5 touch:text-sm">
      {children}
      {onRemove !== undefined && (
        <button
          type="button"
          aria-label={`Take off ${name}`}
          title={`Take off ${name}`}
          onClick={onRemove}
          className="reach -mr-1.5 grid size-5 place-items-center rounded-full hover:bg-hover touch:ml-2"
        >
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  );
}
