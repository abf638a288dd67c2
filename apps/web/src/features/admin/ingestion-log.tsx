import { Link } from '@tanstack/react-router';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { formatDateTime } from '../../format.ts';
import type { AdminOverview } from '../../views.ts';
import { shortWordsOf } from '../documents/ingestion-words.ts';
import { StateBadge } from '../documents/state-badge.tsx';
import { Section } from './section.tsx';

type Ingestion = AdminOverview['ingestions'][number];

const columns: Column<Ingestion>[] = [
  { name: 'When', cell: ({ createdAt }) => <time dateTime={createdAt}>{formatDateTime(createdAt)}</time> },
  { name: 'By', cell: ({ userId }) => <span className="block min-w-20">{userId}</span> },
  { name: 'Documents', cell: ({ documents }) => <Documents documents={documents} /> },
];

/** What came in lately, through which caller, and what became of it. */
export function IngestionLog({ ingestions }: { ingestions: readonly Ingestion[] }) {
  return (
    <Section title="Ingestions" note="What was added lately, newest first.">
      {ingestions.length === 0 ? (
        <p className="text-soft">Nothing has been added yet.</p>
      ) : (
        <DataTable caption="Ingestions, newest first" columns={columns} rows={ingestions} keyOf={({ id }) => id} />
      )}
    </Section>
  );
}

function Documents({ documents }: Pick<Ingestion, 'documents'>) {
  return (
    <ul className="flex flex-col gap-0.5">
      {documents.map(({ id, title, outcome, stage, remedy }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3">
          {stage === null ? (
            <span className="text-muted">{title ?? 'A deleted document'}</span>
          ) : (
            <Link
              to="/documents/$documentId"
              params={{ documentId: id }}
              className="rounded text-ink underline decoration-line-strong underline-offset-3 hover:decoration-accent"
            >
              {title ?? id}
            </Link>
          )}
          <span className="text-sm text-muted">{outcome}</span>
          {stage === null ? (
            <span className="text-sm text-muted">no longer here</span>
          ) : (
            <StateBadge {...shortWordsOf(stage, remedy)} />
          )}
        </li>
      ))}
    </ul>
  );
}
