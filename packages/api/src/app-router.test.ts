import { rateLimitDoors } from '@twin/core/rate-limit/policies';
import { expect, test } from 'vitest';
import { listProcedures } from './testing/list-procedures.ts';

test.each(listProcedures())('$path says who may call it and at which door a call is counted', ({ type, meta }) => {
  expect(rateLimitDoors).toContain(meta?.door);
  expect([type, meta?.door]).not.toEqual(['mutation', 'read']);
  expect([type, meta?.door]).not.toEqual(['mutation', 'public-read']);
});

test.each(listProcedures())('$path is for visitors alone, or not for visitors', ({ path, meta }) => {
  const isTheirs = path.startsWith('visitor.');
  expect(meta?.allowed.includes('visitor')).toBe(isTheirs);
  expect(meta?.door.startsWith('public-')).toBe(isTheirs);
  expect(meta?.allowed.length === 1 && meta.allowed[0] === 'visitor').toBe(isTheirs);
});

test('visitors have these procedures, and what they send is no more than this', () => {
  const theirs = listProcedures().filter(({ path }) => path.startsWith('visitor.'));
  expect(Object.fromEntries(theirs.map(({ path, inputs }) => [path, inputs.join(' ')]))).toEqual({
    'visitor.twin': '',
    'visitor.send': 'conversationId? text',
    'visitor.events': 'messageId lastEventId?',
    'visitor.stop': 'messageId',
    'visitor.conversations': '',
    'visitor.conversation': 'id',
    'visitor.deleteConversation': 'id',
    'visitor.deleteEverything': '',
  });
});

test('links are made, seen and revoked by the owner alone', () => {
  const links = listProcedures().filter(({ path }) => path.startsWith('shareLinks.'));
  expect(links.map(({ meta }) => meta?.allowed)).toEqual([['owner'], ['owner'], ['owner']]);
});
