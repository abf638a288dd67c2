import type { CanonicalText } from '../canonical-text.ts';
import { type Chat, type Fields, isEach, isRecord } from './chat-exports-fields.ts';
import { isSlackMessage, readSlack } from './chat-exports-slack.ts';
import { isTelegramChat, readTelegram } from './chat-exports-telegram.ts';

interface ChatExport {
  chats: Chat[];
  warnings: string[];
}

/** What else Telegram exports when it is asked for everything. */
const otherParts = [
  'contacts',
  'frequent_contacts',
  'personal_information',
  'profile_pictures',
  'stories',
  'sessions',
  'web_sessions',
  'other_data',
];

/** The chats that Slack, a day of a channel to a file, or Telegram exported as JSON; undefined for anything else. */
export function readChats(value: unknown): ChatExport | undefined {
  const chats = listChats(value);
  if (!chats.some(({ messages }) => messages.length > 0)) return undefined;
  const leftOut = chats.reduce((sum, chat) => sum + chat.leftOut, 0);
  const parts = isRecord(value) ? otherParts.filter((name) => Object.hasOwn(value, name)) : [];
  const warnings = [];
  if (leftOut > 0) warnings.push(`Messages without words, such as who joined or a sticker, left out: ${leftOut}.`);
  if (parts.length > 0) {
    const names = parts.map((name) => name.replaceAll('_', ' ')).join(', ');
    warnings.push(`Of the export only the chats were read. Left out: ${names}.`);
  }
  return { chats, warnings };
}

function listChats(value: unknown): Chat[] {
  if (Array.isArray(value)) return isEach(value, isSlackMessage) ? [readSlack(value)] : [];
  if (!isRecord(value)) return [];
  const lists = [listIn(value, 'chats'), listIn(value, 'left_chats')].filter((list) => list !== undefined);
  const list = lists.length === 0 ? [value] : lists.flat();
  return isEach(list, isTelegramChat) ? list.map(readTelegram) : [];
}

function listIn(value: Fields, name: string): readonly unknown[] | undefined {
  const part = value[name];
  const list = isRecord(part) ? part['list'] : undefined;
  return Array.isArray(list) ? list : undefined;
}

/** Each message is a paragraph that says when it was written and by whom; a chat's name stands above it. */
export function addChats(canonical: CanonicalText, chats: readonly Chat[]): CanonicalText {
  for (const { name, messages } of chats) {
    if (name !== undefined) canonical.add({ kind: 'heading', level: 1, text: name });
    for (const { writer, time, text } of messages) {
      canonical.add({ kind: 'paragraph', text: `[${time}] ${writer}: ${text}` });
    }
  }
  return canonical;
}
