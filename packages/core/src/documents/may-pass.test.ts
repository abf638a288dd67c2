import { expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { mayPass } from './may-pass.ts';

const coded = (code: string) => Object.assign(new Error('as the driver says it'), { code });

test.each<[string, unknown, boolean]>([
  ['the model is away', new AppError('model-unavailable', ''), true],
  ['the model asks for patience', new AppError('model-rate-limited', ''), true],
  ['the disk is full', new AppError('storage-full', ''), true],
  ['the document cannot be read', new AppError('unreadable-document', ''), false],
  ['the model refuses the text', new AppError('model-refused', ''), false],
  ['the connection was lost, with a code', coded('08006'), true],
  ['the connection was lost, without one', new Error('Connection terminated unexpectedly'), true],
  ['the pool found no connection', new Error('timeout exceeded when trying to connect'), true],
  ['the network dropped the connection', coded('ECONNRESET'), true],
  ['the embedded database is closed', new Error('The embedded database is closed'), true],
  ['the server shuts down', coded('57P01'), true],
  ['the server starts', coded('57P03'), true],
  ['two transactions deadlocked', coded('40P01'), true],
  ['the server has no room left', coded('53100'), true],
  ['a newer release took a table away', coded('42P01'), true],
  ['a newer release took a column away', coded('42703'), true],
  ['a newer release took a function away', coded('42883'), true],
  ['a newer release changed what is unique', coded('42P10'), true],
  ['a statement is misspelt', coded('42601'), false],
  ['the statement took too long', coded('57014'), false],
  ['a row breaks a constraint', coded('23505'), false],
  ['the code is wrong', new TypeError('undefined is not a function'), false],
])('%s', (_, error, expected) => {
  expect(mayPass(error)).toBe(expected);
});
