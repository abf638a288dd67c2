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
}

function toCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}
