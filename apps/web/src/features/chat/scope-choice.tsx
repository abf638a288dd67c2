import { useQuery } from '@tanstack/react-query';
import { CompactSelect } from '../../components/compact-select.tsx';
import { trpc } from '../../trpc.ts';
import type { AskedScope } from '../../views.ts';

interface ScopeChoiceProps {
  scope: AskedScope | null;
  onChange: (scope: AskedScope | null) => void;
}

const everything = '';

/** Which part of the library the next question is asked of. Not there until the library has parts. */
export function ScopeChoice({ scope, onChange }: ScopeChoiceProps) {
  const { collections = [], tags = [] } = useQuery(trpc.collections.list.queryOptions({})).data ?? {};
  if (collections.length === 0 && tags.length === 0) {
    return null;
  }
  const value = valueOf(scope);
  return (
    <div className="flex items-center gap-2 px-1 text-sm text-muted">
      <span aria-hidden>Ask</span>
      <CompactSelect
        label="Part of the library to ask"
        value={value}
        options={[
          { value: everything, label: 'all documents' },
          ...collections.map(({ id, name }) => ({ value: `c:${id}`, label: name })),
          ...tags.map(({ tag }) => ({ value: `t:${tag}`, label: `#${tag}` })),
        ]}
        onChange={(next) => onChange(scopeOf(next))}
        active={value !== everything}
      />
    </div>
  );
}

function valueOf(scope: AskedScope | null): string {
  if (scope?.collectionId !== undefined) return `c:${scope.collectionId}`;
  const [tag] = scope?.tags ?? [];
  return tag === undefined ? everything : `t:${tag}`;
}

function scopeOf(value: string): AskedScope | null {
  if (value === everything) return null;
  const name = value.slice(2);
  return value.startsWith('c:') ? { collectionId: name } : { tags: [name] };
}
