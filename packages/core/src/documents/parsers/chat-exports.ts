import type { CanonicalText } from '../canonical-text.ts';
import { withAddress } from './link-address.ts';

export interface Chat {
  name: string | undefined;
  messages: { writer: string; time: string; text: string }[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The chats that Slack, a day of a channel to a file, or Telegram exported as JSON; undefined for anything else. */
export function readChats(value: unknown): Chat[] | undefined {
  const chats = listChats(value);
  return chats.some(({ messages }) => messages.some(({ text }) => text.trim() !== '')) ? chats : undefined;
}

function listChats(value: unknown): Chat[] {
  if (Array.isArray(value)) return isEach(value, isSlackMessage) ? [readSlack(value)] : [];
  if (!isRecord(value)) return [];
  const { chats } = value;
  const list = isRecord(chats) && Array.isArray(chats['list']) ? chats['list'] : [value];
  return isEach(list, isTelegramChat) ? list.map(readTelegram) : [];
}

/** Each message is a paragraph that says when it was written and by whom; a chat's name stands above it. */
export function addChats(canonical: CanonicalText, chats: readonly Chat[]): CanonicalText {
  for (const { name, messages } of chats) {
    if (name !== undefined) canonical.add({ kind: 'heading', level: 1, text: name });
    for (const { writer, time, text } of messages) {
      if (text.trim() !== '') canonical.add({ kind: 'paragraph', text: `[${time}] ${writer}: ${text}` });
    }
  }
  return canonical;
}

function isEach<Kind extends Fields>(
  values: readonly unknown[],
  isKind: (value: unknown) => value is Kind,
): values is readonly Kind[] {
  return values.length > 0 && values.every(isKind);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(record: unknown, name: string): string | undefined {
  const value = isRecord(record) ? record[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function recordsIn(record: Fields, name: string): Fields[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

const BLOCKS_DEPTH_MAX = 10;

type SlackMessage = Fields & { ts: string };

function isSlackMessage(value: unknown): value is SlackMessage {
  if (!isRecord(value) || value['type'] !== 'message') return false;
  // Records of other programs have a type and a time as well.
  const isWritten = ['user', 'bot_id', 'subtype'].some((field) => textIn(value, field) !== undefined);
  return isWritten && /^\d{9,11}\.\d{1,9}$/.test(textIn(value, 'ts') ?? '');
}

function readSlack(messages: readonly SlackMessage[]): Chat {
  const names = new Map(messages.map((message) => [textIn(message, 'user') ?? '', nameOfSlackWriter(message)]));
  const told = messages.filter(
    (message) => !/^(?:channel|group)_(?:join|leave)$/.test(textIn(message, 'subtype') ?? ''),
  );
  return {
    name: undefined,
    messages: told.map((message) => ({
      writer: nameOfSlackWriter(message),
      time: `${new Date(Number(message.ts) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      text: slackTexts(message)
        .map((text) => shownSlackText(text, names))
        .join('\n'),
    })),
  };
}

function nameOfSlackWriter(message: Fields): string {
  const profile = message['user_profile'];
  const named = textIn(profile, 'real_name') ?? textIn(profile, 'display_name') ?? textIn(message, 'username');
  return named ?? textIn(message, 'user') ?? 'Unknown';
}

/** What it says, what programs attach to it in place of words, and the names of its files. */
function slackTexts(message: Fields): string[] {
  const attached = recordsIn(message, 'attachments').map((one) => textIn(one, 'text') ?? textIn(one, 'fallback'));
  const files = recordsIn(message, 'files').map((file) => textIn(file, 'title') ?? textIn(file, 'name'));
  const said = textIn(message, 'text') ?? textOfBlocks(message['blocks'], 0);
  return [said, ...attached, ...files].filter((text) => text !== undefined);
}

/** What programs say in blocks alone: texts in texts in elements. */
function textOfBlocks(value: unknown, depth: number): string | undefined {
  if (depth > BLOCKS_DEPTH_MAX) return undefined;
  if (Array.isArray(value)) {
    const texts = value.map((one) => textOfBlocks(one, depth + 1)).filter((text) => text !== undefined);
    return texts.length === 0 ? undefined : texts.join(depth === 0 ? '\n' : '');
  }
  if (!isRecord(value)) return undefined;
  return (
    textIn(value, 'text') ??
    ['text', 'elements', 'fields']
      .map((field) => textOfBlocks(value[field], depth + 1))
      .find((text) => text !== undefined)
  );
}

function shownSlackText(text: string, names: ReadonlyMap<string, string>): string {
  return text
    .replace(/<([@#!])([^<>|\n]{1,200})(?:\|([^<>\n]{0,200}))?>/g, (_, sign: string, id: string, label?: string) => {
      return `${sign === '#' ? '#' : '@'}${label || (names.get(id) ?? id.replace(/^subteam\^/, ''))}`;
    })
    .replace(/<([a-z]{2,10}:[^<>|\n]{1,2000})(?:\|([^<>\n]{0,2000}))?>/g, (_, href: string, label?: string) =>
      label ? withAddress(label, href) : href,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const telegramChats =
  /^(?:saved_messages|replies|verification_codes|(?:personal|bot)_chat|(?:private|public)_(?:group|supergroup|channel))$/;

type TelegramChat = Fields & { messages: readonly TelegramMessage[] };
type TelegramMessage = Fields & { date: string };

function isTelegramChat(value: unknown): value is TelegramChat {
  return (
    isRecord(value) &&
    'id' in value &&
    telegramChats.test(textIn(value, 'type') ?? '') &&
    Array.isArray(value['messages']) &&
    value['messages'].every(isTelegramMessage)
  );
}

function isTelegramMessage(value: unknown): value is TelegramMessage {
  if (!isRecord(value) || (value['type'] !== 'message' && value['type'] !== 'service')) return false;
  if (!['from', 'from_id', 'actor', 'actor_id'].some((field) => field in value)) return false;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(textIn(value, 'date') ?? '');
}

function readTelegram(chat: TelegramChat): Chat {
  const told = chat.messages.filter((message) => message['type'] === 'message');
  return {
    name: textIn(chat, 'name') ?? (chat['type'] === 'saved_messages' ? 'Saved messages' : undefined),
    messages: told.map((message) => ({
      writer: writerOfTelegram(message),
      time: message.date.slice(0, 16).replace('T', ' '),
      text: telegramTexts(message).join('\n'),
    })),
  };
}

function writerOfTelegram(message: Fields): string {
  const writer = textIn(message, 'from') ?? 'Deleted account';
  if (!('forwarded_from' in message)) return writer;
  return `${writer}, forwarded from ${textIn(message, 'forwarded_from') ?? 'a deleted account'}`;
}

function telegramTexts(message: Fields): string[] {
  const { text, poll } = message;
  const pieces: readonly unknown[] = Array.isArray(text) ? text : [text];
  const said = pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    return withAddress(textIn(piece, 'text') ?? '', textIn(piece, 'href'));
  });
  const answers = isRecord(poll) ? recordsIn(poll, 'answers').map((answer) => textIn(answer, 'text')) : [];
  const rest = [textIn(poll, 'question'), ...answers, textIn(message, 'file_name')];
  return [said.join(''), ...rest].filter((part) => part !== undefined).filter((part) => part !== '');
}
