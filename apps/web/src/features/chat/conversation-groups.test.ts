import { expect, it } from 'vitest';
import type { ConversationView } from '../../views.ts';
import { groupByDate } from './conversation-groups.ts';

const now = new Date(2026, 10, 22, 0, 30);

function changed(id: string, ...at: [number, number, number, number, number]): ConversationView {
  const iso = new Date(...at).toISOString();
  return { id, title: id, createdAt: iso, updatedAt: iso };
}

it('groups by local calendar day, newest first, whatever the order it is given', () => {
  const groups = groupByDate(
    [
      changed('last month', 2026, 8, 3, 12, 0),
      changed('minutes ago, yet yesterday', 2026, 10, 21, 23, 59),
      changed('just now', 2026, 10, 22, 0, 10),
      changed('this week', 2026, 10, 17, 9, 0),
      changed('this month', 2026, 10, 1, 9, 0),
    ],
    now,
  );
  expect(groups.map((group) => [group.label, group.conversations.map(({ id }) => id)])).toEqual([
    ['Today', ['just now']],
    ['Yesterday', ['minutes ago, yet yesterday']],
    ['Last 7 days', ['this week']],
    ['Last 30 days', ['this month']],
    ['September 2026', ['last month']],
  ]);
});
