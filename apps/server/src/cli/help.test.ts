import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from './create-program.ts';

function allOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

test('every help fits a terminal of 80 columns', () => {
  let help = '';
  const program = createProgram();
  for (const command of allOf(program)) {
    command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 80 });
    command.outputHelp();
  }
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
