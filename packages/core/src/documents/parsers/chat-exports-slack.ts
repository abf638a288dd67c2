import { type Chat, type Fields, isRecord, recordsIn, textIn, timeInUtc, toChat } from './chat-exports-fields.ts';
import { withAddress } from './link-address.ts';

/** Blocks inside of blocks. Real messages have four. */
const BLOCKS_NESTING_MAX = 10;

type SlackMessage = Fields & { ts: string };

export function isSlackMessage(value: unknown): value is SlackMessage {
  if (!isRecord(value) || value['type'] !== 'message') return false;
  // Records of other programs have a type and a time as well.
  const isWritten = ['user', 'bot_id', 'subtype'].some((field) => textIn(value, field) !== undefined);
  return isWritten && /^\d{9,11}\.\d{1,9}$/.test(textIn(value, 'ts') ?? '');
}

export function readSlack(messages: readonly SlackMessage[]): Chat {
  const names = new Map(messages.map((message) => [textIn(message, 'user') ?? '', nameOfWriter(message)]));
  const shown = messages.map((message) => ({
    writer: nameOfWriter(message),
    time: timeInUtc(Number(message.ts)),
    text: (isComing(message) ? [] : textsOf(message)).map((text) => shownText(text, names)).join('\n'),
  }));
  return toChat(undefined, shown);
}

function isComing(message: Fields): boolean {
  return /^(?:channel|group)_(?:join|leave)$/.test(textIn(message, 'subtype') ?? '');
}

function nameOfWriter(message: Fields): string {
  const profile = message['user_profile'];
  const named = textIn(profile, 'real_name') ?? textIn(profile, 'display_name') ?? textIn(message, 'username');
  return named ?? textIn(message, 'user') ?? 'Unknown';
}

/** What it says, what programs attach to it in place of words, and the names of its files. */
function textsOf(message: Fields): string[] {
  const attached = recordsIn(message, 'attachments').map(
    (one) => textIn(one, 'text') ?? textOfBlocks(one) ?? textIn(one, 'fallback'),
  );
  const files = recordsIn(message, 'files').map((file) => textIn(file, 'title') ?? textIn(file, 'name'));
  return [textIn(message, 'text') ?? textOfBlocks(message), ...attached, ...files].filter((text) => text !== undefined);
}

/** What the blocks show, in the same notation as the text that most messages have besides. */
function textOfBlocks(record: Fields): string | undefined {
  const texts = recordsIn(record, 'blocks').map((block) => textOfBlock(block, 0));
  return texts.filter((text) => text.trim() !== '').join('\n') || undefined;
}

function textOfBlock(block: Fields, depth: number): string {
  if (depth > BLOCKS_NESTING_MAX) return '';
  const inside = recordsIn(block, 'elements').map((element) => textOfBlock(element, depth + 1));
  switch (block['type']) {
    case 'rich_text':
      return inside.join('\n');
    case 'rich_text_list':
      return inside.map((item) => `• ${item}`).join('\n');
    case 'table':
      return listRows(block)
        .map((cells) => cells.map((cell) => textOfBlock(cell, depth + 1)).join(' | '))
        .join('\n');
    case 'context':
      return inside.join(' ');
    case 'header':
    case 'section':
      return [block['text'], ...recordsIn(block, 'fields')].flatMap((one) => textIn(one, 'text') ?? []).join('\n');
    case 'image':
      return textIn(block, 'alt_text') ?? '';
    case 'mrkdwn':
    case 'plain_text':
      return textIn(block, 'text') ?? '';
    default:
      return inside.join('') || textOfRichElement(block);
  }
}

function listRows({ rows }: Fields): Fields[][] {
  const lists: readonly unknown[] = Array.isArray(rows) ? rows : [];
  return lists.map((cells: unknown): Fields[] =>
    Array.isArray(cells) ? cells.map((cell) => (isRecord(cell) ? cell : {})) : [],
  );
}

function textOfRichElement(element: Fields): string {
  const text = textIn(element, 'text');
  switch (element['type']) {
    case 'link':
      return `<${textIn(element, 'url') ?? ''}|${escaped(text ?? '')}>`;
    case 'user':
      return `<@${textIn(element, 'user_id') ?? ''}>`;
    case 'usergroup':
      return `<!subteam^${textIn(element, 'usergroup_id') ?? ''}>`;
    case 'channel':
      return `<#${textIn(element, 'channel_id') ?? ''}>`;
    case 'broadcast':
      return `<!${textIn(element, 'range') ?? ''}>`;
    case 'emoji':
      return `:${textIn(element, 'name') ?? ''}:`;
    default:
      return escaped(text ?? textIn(element, 'fallback') ?? '');
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function shownText(text: string, names: ReadonlyMap<string, string>): string {
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
