import { Link } from '@tanstack/react-router';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { formatDateTime, formatNumber } from '../../format.ts';
import type { EvaluationRun } from '../../views.ts';
import { Section } from '../admin/section.tsx';
import { formatShare } from './measure-words.ts';

const columns: Column<EvaluationRun>[] = [
  { name: 'When', cell: (run) => <RunLink run={run} /> },
  { name: 'State', cell: (run) => stateWords(run) },
  { name: 'nDCG@10', numeric: true, cell: ({ measures }) => formatShare(measures?.ndcg) },
  { name: 'Answers', numeric: true, cell: ({ measures }) => formatShare(measures?.answerContained) },
  { name: 'Quotes', numeric: true, cell: ({ measures }) => formatShare(measures?.quotesVerified) },
  { name: 'Refusals', numeric: true, cell: ({ measures }) => formatShare(measures?.refusalF1) },
];

export function RunTable({ runs }: { runs: readonly EvaluationRun[] }) {
  return (
    <Section
      title="Runs"
      note="Newest first. Equal fingerprints mean the same questions, documents, program and settings."
    >
      {runs.length === 0 ? (
        <p className="text-soft">Nothing has been evaluated yet.</p>
      ) : (
        <DataTable caption="Evaluation runs, newest first" columns={columns} rows={runs} keyOf={({ id }) => id} />
      )}
    </Section>
  );
}

function RunLink({ run: { id, createdAt, hash } }: { run: EvaluationRun }) {
  return (
    <span>
      <Link
        to="/admin/evaluation/$runId"
        params={{ runId: id }}
        className="rounded text-ink underline decoration-line-strong underline-offset-3 hover:decoration-accent"
      >
        <time dateTime={createdAt}>{formatDateTime(createdAt)}</time>
      </Link>
      <span className="block font-mono text-xs text-muted">{hash}</span>
    </span>
  );
}

/** "Done, 40 questions", "12 of 40 asked". */
export function stateWords({ state, questionCount, questionsDone }: EvaluationRun): string {
  const asked = `${formatNumber(questionsDone)} of ${formatNumber(questionCount)} asked`;
  if (state === 'done') return `Done, ${formatNumber(questionCount)} asked`;
  if (state === 'queued') return 'Waiting';
  if (state === 'running') return asked;
  return state === 'failed' ? `Failed, ${asked}` : `Canceled, ${asked}`;
}
