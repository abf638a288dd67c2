import { type Column, DataTable } from '../../components/data-table.tsx';
import { ShareLine } from '../../components/progress-line.tsx';
import { formatCost, formatCount, formatNumber } from '../../format.ts';
import type { AdminOverview } from '../../views.ts';
import { Section } from './section.tsx';

type Tokens = AdminOverview['tokens'];
type ModelUsage = Tokens['models'][number];

const columnsIn = (currency: string | null | undefined): Column<ModelUsage>[] => [
  { name: 'Model', cell: ({ model }) => model },
  { name: 'Answers', numeric: true, cell: ({ answers }) => formatNumber(answers) },
  { name: 'Tokens read', numeric: true, cell: ({ promptTokens }) => formatNumber(promptTokens) },
  { name: 'Written', numeric: true, cell: ({ completionTokens }) => formatNumber(completionTokens) },
  { name: 'Cost', numeric: true, cell: ({ cost }) => (cost === 0 ? '–' : formatCost(cost, currency)) },
];

interface TokenTableProps {
  tokens: Tokens;
  /** Of the costs; null when nobody said. */
  currency: string | null | undefined;
}

/** What answers have cost, and how much of the day's budget is left. */
export function TokenTable({ tokens, currency }: TokenTableProps) {
  const { today, dailyMax, models } = tokens;
  const estimated = models.reduce((sum, { estimatedAnswers }) => sum + estimatedAnswers, 0);
  const note = `Of the last 30 days${estimated > 0 ? `; of ${formatCount(estimated, 'answer')} an estimate, where the model did not tell` : ''}.`;
  return (
    <Section title="Tokens" note={note}>
      <p className="tabular mb-4 text-[0.9375rem]">
        {formatNumber(today)}
        {dailyMax === null ? ' today, no limit set' : ` of ${formatNumber(dailyMax)} today`}
        {dailyMax !== null && <ShareLine value={Math.min(1, today / dailyMax)} className="mt-2 max-w-60" />}
      </p>
      {models.length === 0 ? (
        <p className="text-soft">No model has written an answer yet.</p>
      ) : (
        <DataTable caption="Tokens by model" columns={columnsIn(currency)} rows={models} keyOf={({ model }) => model} />
      )}
    </Section>
  );
}
