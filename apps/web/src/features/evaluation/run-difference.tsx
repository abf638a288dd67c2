import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { formatDateTime } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { EvaluationRun, RunComparison } from '../../views.ts';
import { Section } from '../admin/section.tsx';
import { formatPoints, shownMeasures } from './measure-words.ts';
import { QuestionChanges } from './question-changes.tsx';
import { settingWords } from './setting-words.ts';

type Difference = NonNullable<RunComparison['differences']['ndcg']>;
type Row = Difference & { name: string };

const columns: Column<Row>[] = [
  { name: 'Measure', cell: ({ name }) => name },
  { name: 'Change', numeric: true, cell: ({ mean }) => `${formatPoints(mean)} points` },
  {
    name: '95 % sure between',
    numeric: true,
    cell: ({ low, high }) => `${formatPoints(low)} and ${formatPoints(high)}`,
  },
  { name: 'Verdict', cell: (row) => verdictOf(row) },
  { name: 'Questions', numeric: true, cell: ({ count }) => count },
];

/** How this run differs from an earlier one, measure by measure. */
export function RunDifference({ run }: { run: EvaluationRun }) {
  const runs = useQuery(trpc.evaluation.runs.queryOptions()).data ?? [];
  const others = runs.filter(({ id, state }) => id !== run.id && state === 'done');
  const [chosenId, setChosenId] = useState<string>();
  const beforeId = chosenId ?? (others.find(({ createdAt }) => createdAt < run.createdAt) ?? others[0])?.id;
  if (beforeId === undefined) return null;
  return (
    <Section title="Compared" note="Over the questions that both runs asked, each against itself.">
      <SelectField
        label="With the run of"
        value={beforeId}
        onChange={(event) => setChosenId(event.target.value)}
        options={others.map(({ id, createdAt, hash }) => ({
          value: id,
          label: `${formatDateTime(createdAt)}, ${hash}`,
        }))}
      />
      <Comparison beforeId={beforeId} afterId={run.id} />
    </Section>
  );
}

function Comparison({ beforeId, afterId }: { beforeId: string; afterId: string }) {
  const { data } = useQuery(trpc.evaluation.compare.queryOptions({ beforeId, afterId }));
  if (data === undefined) return null;
  const differences: Partial<Record<string, Difference | null>> = data.differences;
  const rows = shownMeasures.flatMap(({ key, name }) => {
    const difference = differences[key];
    return difference === null || difference === undefined ? [] : [{ name, ...difference }];
  });
  return (
    <div className="mt-5">
      <p className="mb-4 text-sm text-soft">{settingWords(data.changedSettings)}</p>
      <DataTable caption="Change of each measure" columns={columns} rows={rows} keyOf={({ name }) => name} />
      <QuestionChanges comparison={data} />
    </div>
  );
}

/** A change counts when its whole interval is on one side of zero. */
function verdictOf({ low, high, mean }: Difference): string {
  if (low > 0) return 'Better';
  if (high < 0) return 'Worse';
  return mean === 0 && low === 0 && high === 0 ? 'The same' : 'Too near to tell';
}
