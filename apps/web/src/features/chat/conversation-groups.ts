import type { ConversationView } from '../../views.ts';

export interface ConversationGroup {
  label: string;
  conversations: ConversationView[];
}

const monthYear = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });
const dayMs = 24 * 60 * 60 * 1000;

/** Groups by the local day of the last change, newest first. Keeps the order within a group. */
export function groupByDate(conversations: readonly ConversationView[], now: Date): ConversationGroup[] {
  const groups: ConversationGroup[] = [];
  const newestFirst = conversations.toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
  for (const conversation of newestFirst) {
    const label = labelOf(new Date(conversation.updatedAt), now);
    const last = groups.at(-1);
    if (last?.label === label) {
      last.conversations.push(conversation);
    } else {
      groups.push({ label, conversations: [conversation] });
    }
  }
  return groups;
}

function labelOf(date: Date, now: Date): string {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / dayMs);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days < 7) return 'Last 7 days';
  if (days < 30) return 'Last 30 days';
  return monthYear.format(date);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
