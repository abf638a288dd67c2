import { expect, test } from 'vitest';
import type { ConversationView } from '../../views.ts';
import { findConversations } from './find-conversations.ts';

const titled = (title: string) => ({ title }) as ConversationView;
const titles = ['Who built the tide clock?', 'Où est le café ?', 'When does the tide turn?'].map(titled);

test.each([
  ['', 3],
  ['  ', 3],
  ['TIDE', 2],
  ['clock tide', 1],
  ['cafe', 1],
  ['café', 1],
  ['harbour', 0],
])('%j is found in %i titles', (wanted, count) => {
  expect(findConversations(titles, wanted)).toHaveLength(count);
});
