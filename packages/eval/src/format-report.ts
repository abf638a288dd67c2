import { countOf } from '@twin/core/count-of';
import type { LeaveGoldOut } from './leave-gold-out.ts';
import type { EvaluationReport } from './run-evaluation.ts';
import { meanMeasures } from './summarize.ts';

const headings: Record<(typeof meanMeasures)[number], string> = {
  ndcg: 'nDCG@10',
  reciprocalRank: 'MRR@10',
  recallAt3: 'recall@3',
  recallAt10: 'recall@10',
  answerHitAt1: 'answer@1',
  answerHitAt3: 'answer@3',
  sentenceHitAt1: 'sentence@1',
  sentenceHitAt3: 'sentence@3',
  goldSpanRecall: 'gold@1500',
};

/** The report as text for a terminal, in percent. */
export function formatReport(report: EvaluationReport): string {
  const shown = meanMeasures.filter((measure) => report.groups[0]?.measures[measure] !== undefined);
  const rows = [
    ['questions', 'n', ...shown.map((measure) => headings[measure])],
    ...report.groups.map(({ group, questionCount, measures }) => [
      group,
      String(questionCount),
      ...shown.map((measure) => percent(measures[measure])),
    ]),
  ];
  const refusalRows = report.refusal.map(({ against, areaUnderRoc, refusalF1, refusedInVain, answeredInVain }) => [
    against,
    ...[areaUnderRoc, refusalF1, refusedInVain, answeredInVain].map(percent),
  ]);
  const { embedder, embedderDimensions, embedderProvider } = report.settings;
  const width = embedderDimensions === null ? '' : `, ${embedderDimensions} dimensions`;
  const model =
    embedder === null ? 'words alone' : `${embedderProvider === 'builtin' ? 'built-in model' : embedder}${width}`;
  const reranker = report.settings.reranker === null ? '' : `, reranked by ${report.settings.reranker}`;
  return [
    `${report.dataSet}: ${countOf(report.documentCount, 'document')}, ${model}${reranker}, hash ${report.hash}`,
    ...(report.documentsLeftOut === 0
      ? []
      : [`${countOf(report.documentsLeftOut, 'document')} cannot be found: without text, or failed on the way in`]),
    ...formatTable(rows),
    ...(refusalRows.length === 0
      ? []
      : ['', ...formatTable([['refusing', 'AUROC', 'F1', 'refused in vain', 'answered in vain'], ...refusalRows])]),
    ...(report.leaveGoldOut === undefined ? [] : ['', ...formatTable(certaintyRows(report.leaveGoldOut))]),
    '',
    `retrieval p50 ${report.retrieveMs.p50.toFixed(0)} ms, p95 ${report.retrieveMs.p95.toFixed(0)} ms`,
  ].join('\n');
}

function certaintyRows({ questions, whole, goldLeftOut }: LeaveGoldOut): string[][] {
  const toRow = (name: string, { sure, inDoubt, refused }: LeaveGoldOut['whole']) => [
    name,
    String(questions.length),
    ...[sure, inDoubt, refused].map(percent),
  ];
  return [
    ['quoted', 'n', 'as sure', 'in doubt', 'refused'],
    toRow('whole library', whole),
    toRow('gold documents left out', goldLeftOut),
  ];
}

function percent(value: number | undefined): string {
  return value === undefined ? '–' : (value * 100).toFixed(1);
}

/** The first column to the left, numbers to the right. */
function formatTable(rows: readonly string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
