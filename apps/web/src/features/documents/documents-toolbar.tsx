import { useQuery } from '@tanstack/react-query';
import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CompactSelect } from '../../components/compact-select.tsx';
import { trpc } from '../../trpc.ts';
import { CollectionMenu } from './collection-menu.tsx';
import { type DocumentsSearch, isFiltered } from './documents-search.ts';

interface DocumentsToolbarProps {
  search: DocumentsSearch;
  /** Undefined takes a condition away. */
  onChange: (change: { [Key in keyof DocumentsSearch]: DocumentsSearch[Key] | undefined }) => void;
}

const states = [
  { value: '', label: 'Any state' },
  { value: 'ready', label: 'Ready' },
  { value: 'working', label: 'Being read' },
  { value: 'failed', label: 'Failed or locked' },
  { value: 'canceled', label: 'Canceled' },
] as const;

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'title', label: 'By title' },
  { value: 'largest', label: 'Largest first' },
] as const;

/** Narrows and orders the list. */
export function DocumentsToolbar({ search, onChange }: DocumentsToolbarProps) {
  const { collections = [], tags = [] } = useQuery(trpc.collections.list.queryOptions({})).data ?? {};
  const { state, collection, tag, order } = search;
  const chosen = collections.find(({ id }) => id === collection);
  return (
    <search className="flex flex-wrap items-center gap-2 max-sm:[&>span]:flex-[1_1_40%]">
      <SearchField text={search.text ?? ''} onChange={(text) => onChange({ text: text === '' ? undefined : text })} />
      <CompactSelect
        label="State"
        value={state ?? ''}
        options={states}
        onChange={(value) => onChange({ state: value === '' ? undefined : value })}
        active={state !== undefined}
      />
      {(collections.length > 0 || collection !== undefined) && (
        <CompactSelect
          label="Collection"
          value={collection ?? ''}
          options={[
            { value: '', label: 'All collections' },
            ...collections.map(({ id, name, documentCount }) => ({ value: id, label: `${name} (${documentCount})` })),
          ]}
          onChange={(value) => onChange({ collection: value === '' ? undefined : value })}
          active={collection !== undefined}
        />
      )}
      {chosen !== undefined && (
        <CollectionMenu collection={chosen} onDeleted={() => onChange({ collection: undefined })} />
      )}
      {(tags.length > 0 || tag !== undefined) && (
        <CompactSelect
          label="Tag"
          value={tag ?? ''}
          options={[
            { value: '', label: 'All tags' },
            ...tags.map((each) => ({ value: each.tag, label: `${each.tag} (${each.documentCount})` })),
          ]}
          onChange={(value) => onChange({ tag: value === '' ? undefined : value })}
          active={tag !== undefined}
        />
      )}
      <CompactSelect
        label="Order"
        value={order ?? 'newest'}
        options={orders}
        onChange={(value) => onChange({ order: value })}
      />
      {isFiltered(search) && (
        <Button
          look="quiet"
          size="small"
          onClick={() => onChange({ text: undefined, state: undefined, collection: undefined, tag: undefined })}
        >
          <X aria-hidden className="size-4" />
          Show all
        </Button>
      )}
    </search>
  );
}

/** Waits for a pause in typing before it asks. */
const typingPauseMs = 250;

function SearchField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState(text);
  if (text !== asked) {
    // Changed from outside, e.g. by "Show all".
    setAsked(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === asked) return undefined;
    const timer = setTimeout(() => {
      setAsked(typed);
      onChange(typed);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, asked, onChange]);
  return (
    <label className="relative min-w-44 flex-1 basis-52">
      <span className="sr-only">Find by title or file name</span>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
      <input
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder="Find by title or file name"
        maxLength={300}
        className="target h-9 w-full rounded-lg border border-line-strong bg-surface pr-3 pl-9 text-sm text-ink"
      />
    </label>
  );
}
