import type { Command } from 'commander';
import type { CommandAction } from './command-action.ts';

/** What puts models on this machine, and changes the one that embeds. */
export function addModelCommands(program: Command, does: CommandAction): void {
  const model = program
    .command('model')
    .description('install models on this machine, and change the one that embeds without a pause');
  model
    .command('install')
    .description("install what runs a transformer on this machine's CPU (470 MB), and fetch one when it is named")
    .argument('[name]', 'a model of the Hugging Face hub, e.g. Xenova/bge-small-en-v1.5')
    .action(
      does(
        async (env, name: string | undefined) =>
          await (await import('./install-transformer.ts')).installTransformer(env, name),
      ),
    );
  model
    .command('switch')
    .description('embed the library with the configured model beside the old one, compare them, and switch')
    .action(does(async (env) => await (await import('./embedding-model.ts')).switchModel(env)));
  model
    .command('status')
    .description('say which model answers, and how far others are filled')
    .action(does(async (env) => await (await import('./embedding-model.ts')).describeModels(env)));
  model
    .command('rollback')
    .description('go back to the model that answered before')
    .action(does(async (env) => await (await import('./embedding-model.ts')).rollBackModel(env)));
}
