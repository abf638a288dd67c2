import { type Command, InvalidArgumentError } from 'commander';
import type { CommandAction } from './command-action.ts';
import type { DataSetOptions } from './run-data-set.ts';
import type { GoldenOptions } from './run-golden-questions.ts';

/** What measures the answers. */
export function addEvaluationCommands(program: Command, does: CommandAction): void {
  const evaluation = program.command('eval').description('measure how well questions are found and answered');
  evaluation
    .command('run')
    .description('measure on a judged data set, in a database made for it and removed afterwards')
    .argument('<folder>', 'holds corpus.jsonl, queries.jsonl and qrels.tsv')
    .option('--off-topic <folder>', 'a data set about other things, whose questions should be refused')
    .option('--library <folder>', 'keep the library there, embedded, and search it again next time')
    .option('--leave-gold-out', 'also tell how sure answers are with the relevant documents hidden')
    .option('--limit <count>', 'ask the first questions only', toCount)
    .action(
      does(
        async (env, folder: string, options: DataSetOptions) =>
          await (await import('./run-data-set.ts')).runDataSet(env, folder, options),
      ),
    );

  evaluation
    .command('golden')
    .description("ask the twin's golden questions and keep the run; an embedded database must not be in use")
    .option('--fail-below <measure=share...>', 'fail when a measure comes out below, such as ndcg=0.8')
    .action(
      does(
        async (env, options: GoldenOptions) =>
          await (await import('./run-golden-questions.ts')).runGoldenQuestions(env, options),
      ),
    );

  evaluation
    .command('diff')
    .description('say how two runs of the golden questions differ, measure by measure and question by question')
    .argument(
      '[before]',
      'the id of a run, as “eval golden” prints it; the last but one that is done unless given',
      toRunId,
    )
    .argument('[after]', 'the id of another; the last one that is done unless given', toRunId)
    .action(
      does(
        async (env, before: string | undefined, after: string | undefined) =>
          await (await import('./compare-evaluations.ts')).compareEvaluations(env, [before, after]),
      ),
    );
}

function toRunId(text: string): string {
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text))
    throw new InvalidArgumentError('It is not the id of a run.');
  return text;
}

function toCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}
