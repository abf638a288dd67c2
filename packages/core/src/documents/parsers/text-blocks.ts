import type { CanonicalText } from '../canonical-text.ts';
import { addTable } from './add-rows.ts';
import { readDrawnTable } from './text-tables.ts';

/** Longer lines are sentences, whatever is drawn below them. */
const HEADING_CHARACTERS_MAX = 100;
const underline = /^\s*([=\-~^*#+"_])\1{2,}\s*$/;
const underlineLevels: Record<string, number> = { '=': 1, '#': 1, '*': 1, '-': 2, _: 2 };
const mark = /^\s*[-*•‣◦+]\s+(?=\S)/;
const itemNumber = /^\s*(?:\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S/;
const sectionNumber = /^(\d{1,2}(?:\.\d{1,2})*)\.?\s+[\p{Lu}\p{Lo}].*[^.,;:]$/u;

/**
 * Adds plain text block by block. A blank line or a form feed ends one. What people draw with characters is read as what it shows where
 * it cannot be anything else: headings that are underlined or numbered in several levels, lists, and tables with rules.
 */
export function addTextBlocks(canonical: CanonicalText, text: string): void {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  if (isChatWhole(lines)) return addChat(canonical, lines);
  const paragraphs = lines.join('\n').split(/\n[^\S\n]*\n|\f/);
  const isNumbered = paragraphs.some((paragraph) => (numberedLevel(paragraph.trim()) ?? 0) > 1);
  for (const paragraph of paragraphs) {
    const level = isNumbered ? numberedLevel(paragraph.trim()) : undefined;
    if (level !== undefined) canonical.add({ kind: 'heading', level, text: paragraph });
    else
      addParagraph(
        canonical,
        paragraph.split('\n').filter((line) => line.trim() !== ''),
      );
  }
}

/** `2.1 How it works`, on a line of its own. */
function numberedLevel(text: string): number | undefined {
  if (text.length > HEADING_CHARACTERS_MAX || text.includes('\n')) return undefined;
  return sectionNumber.exec(text)?.[1]?.split('.').length;
}

function addParagraph(canonical: CanonicalText, lines: readonly string[]): void {
  let at = 0;
  let heading = readMarked(lines[at]) ?? readUnderlined(lines, at);
  while (heading !== undefined) {
    canonical.add({ kind: 'heading', level: heading.level, text: heading.text });
    at += heading.lineCount;
    heading = readMarked(lines[at]) ?? readUnderlined(lines, at);
  }
  const rest = lines.slice(at);
  const table = readDrawnTable(rest);
  if (table !== undefined) addTable(canonical, table);
  else if (isChat(rest)) addChat(canonical, rest);
  else if (!addList(canonical, rest)) canonical.add({ kind: 'paragraph', text: rest.join('\n') });
}

/** A line with a rule below it that is about as long, and perhaps another one above. */
function readMarked(line = ''): { text: string; level: number; lineCount: number } | undefined {
  const [, signs = '', text = ''] = /^(={1,6})\s+(\S.*?)(?:\s+=+)?\s*$/.exec(line) ?? [];
  const isHeading = text !== '' && text.length <= HEADING_CHARACTERS_MAX && /\p{L}/u.test(text);
  return isHeading ? { text, level: signs.length, lineCount: 1 } : undefined;
}

function readUnderlined(
  lines: readonly string[],
  at: number,
): { text: string; level: number; lineCount: number } | undefined {
  const [above = '', middle = '', below = ''] = lines.slice(at, at + 3);
  const hasOverline = underline.test(above) && above.trim() === below.trim();
  const [title, rule] = hasOverline ? [middle, below] : [above, middle];
  const character = underline.exec(rule)?.[1];
  const text = title.trim();
  if (character === undefined || text.length > HEADING_CHARACTERS_MAX || !/\p{L}/u.test(text)) return undefined;
  const { length } = rule.trim();
  if (length < 0.7 * text.length || length > text.length + 8 || mark.test(title)) return undefined;
  return { text, level: underlineLevels[character] ?? 3, lineCount: hasOverline ? 3 : 2 };
}

/** Items under what introduces them. Lines that begin further in than their mark go on with an item. */
function addList(canonical: CanonicalText, lines: readonly string[]): boolean {
  const isItem = (line: string) => mark.test(line) || itemNumber.test(line);
  const first = lines.findIndex(isItem);
  const items = lines.filter(isItem);
  const isMarked = first === 0 && lines.length === 1 && mark.test(lines[0] ?? '');
  if (first < 0 || (items.length < 2 && !isMarked)) return false;
  const indent = indentOf(lines[first] ?? '');
  const goesOn = lines.slice(first).every((line) => isItem(line) || indentOf(line) > indent);
  // Of a wrapped sentence, a line may begin with a dash or with a number.
  if (!goesOn || (first > 0 && !/[:：]\s*$/.test(lines[first - 1] ?? ''))) return false;
  if (first > 0) canonical.add({ kind: 'paragraph', text: lines.slice(0, first).join('\n') });
  let item = '';
  for (const line of lines.slice(first)) {
    if (isItem(line)) {
      canonical.add({ kind: 'list-item', text: item });
      item = line.replace(mark, '');
    } else item += `\n${line}`;
  }
  canonical.add({ kind: 'list-item', text: item });
  return true;
}

/** How programs export a chat: `12/05/2024, 09:15 - Ada: …`, `[12.05.24, 09:15:30] Ada: …`. */
const chatLine =
  /^\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\]|\s[-–])\s/iu;

/** Who says it. Not all have a writer: the program tells by itself who joined. */
const writer = /^[^:：]{1,100}[:：](?:\s|$)/;

/** Of a log, which has levels in their place. */
const levels = 'trace|debug|info|notice|warn|warning|error|severe|fatal|critical|alert|emergency';
const level = new RegExp(`^(?:[\\w-]{1,60}\\.)?(?:${levels})\\s*[:：]`, 'i');
/** Those in capitals are levels whatever is behind them, and behind what logs. */
const levelInCapitals = new RegExp(`^(?:\\S{1,60} - )?[[(]?(?:${levels.toUpperCase()})\\b`);

function isChat(lines: readonly string[]): boolean {
  const messages = messagesIn(lines);
  return lines.length >= 3 && chatLine.test(lines[0] ?? '') && messages > 0 && 2 * messages >= lines.length;
}

/** How many lines begin a message; none where most of them name nobody, as those of a log. */
function messagesIn(lines: readonly string[]): number {
  const messages = lines.filter((line) => chatLine.test(line));
  const told = messages.map((line) => line.replace(chatLine, ''));
  const written = told.filter((line) => writer.test(line) && !level.test(line) && !levelInCapitals.test(line));
  return 2 * written.length >= messages.length ? messages.length : 0;
}

/** A message may have several paragraphs. */
function isChatWhole(lines: readonly string[]): boolean {
  const filled = lines.map((line) => line.replace(/^\ufeff/, '')).filter((line) => line.trim() !== '');
  const messages = messagesIn(filled);
  return chatLine.test(filled[0] ?? '') && messages >= 3 && 3 * messages >= filled.length;
}

/** Each message is a paragraph, with the lines it goes on in. */
function addChat(canonical: CanonicalText, lines: readonly string[]): void {
  let message: string[] = [];
  for (const marked of lines) {
    // Marks of direction, which WhatsApp puts before what it says itself.
    const line = marked.replace(/[\u200e\ufeff]/g, '');
    if (chatLine.test(line)) {
      canonical.add({ kind: 'paragraph', text: message.join('\n') });
      message = [];
    }
    message.push(line);
  }
  canonical.add({ kind: 'paragraph', text: message.join('\n') });
}

function indentOf(line: string): number {
  return line.replaceAll('\t', '    ').search(/\S/);
}
