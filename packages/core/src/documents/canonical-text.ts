import type { AppError } from '../app-error.ts';
import type { Block, BlockKind, PageBox, TextPart } from './parsed-document.ts';
import { unreadable } from './unreadable.ts';

interface BlockInput {
  kind: BlockKind;
  text: string;
  level?: number | undefined;
  page?: number | undefined;
  boxes?: readonly PageBox[] | undefined;
  part?: string | undefined;
}

export interface CanonicalText {
  /** Appends one block; text that is empty once normalised is ignored. @throws AppError `too-large` past the limit. */
  add(block: BlockInput): void;
  /** What has gathered since the last part, once that is at least so many characters: it is not held any more. */
  takePart(charactersMin: number): TextPart | undefined;
  /** What is left, which is everything where no part was taken. */
  finish(): { textStart?: number; canonicalText: string; blocks: Block[] };
}

const BLOCK_SEPARATOR = '\n\n';

/**
 * Collects blocks into the one canonical text that every offset refers to. All formats pass through here, so text is
 * normalised in one place: NFC, well-formed UTF-16, `\n` line ends, no control characters.
 */
export function createCanonicalText(limits: {
  fileName: string;
  charactersMax: number;
  /** What to say past the limit, where there is more to say than of any file. */
  tooLarge?: () => AppError;
}): CanonicalText {
  let parts: string[] = [];
  let blocks: Block[] = [];
  let start = 0;
  let length = 0;
  return {
    add({ kind, text, level, page, boxes, part }) {
      const normalised = kind === 'code' ? normaliseCode(text) : normaliseProse(text);
      if (normalised === '') return;
      if (length > 0) {
        parts.push(BLOCK_SEPARATOR);
        length += BLOCK_SEPARATOR.length;
      }
      const block: Block = { kind, start: length, end: length + normalised.length };
      if (level !== undefined) block.level = Math.min(6, Math.max(1, Math.trunc(level) || 1));
      if (page !== undefined) block.page = page;
      if (boxes !== undefined) block.boxes = boxes.map(roundBox);
      if (part !== undefined) block.part = part;
      parts.push(normalised);
      blocks.push(block);
      length = block.end;
      if (length > limits.charactersMax) throw limits.tooLarge?.() ?? unreadable(limits.fileName, 'too-large');
    },
    takePart(charactersMin) {
      if (length - start < charactersMin) return undefined;
      const part = { start, text: parts.join(''), blocks };
      [parts, blocks, start] = [[], [], length];
      return part;
    },
    finish: () => ({ ...(start > 0 && { textStart: start }), canonicalText: parts.join(''), blocks }),
  };
}

/** A tenth of a point is finer than a screen shows, and a third of the digits. */
function roundBox({ x, y, width, height }: PageBox): PageBox {
  const round = (value: number) => Math.round(value * 10) / 10;
  return { x: round(x), y: round(y), width: round(width), height: round(height) };
}

/** Controls, soft hyphens, zero-width spaces, BOMs: they would make a found quote differ from what a person sees. */
const invisible = /(?![\n\t])[\p{Cc}\u00ad\u200b\u2060\ufeff]/gu;

function normaliseCharacters(text: string): string {
  return text
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .replace(/[\v\f]/g, '\n')
    .replace(invisible, '')
    .toWellFormed()
    .normalize('NFC');
}

/** One space between words, no blank lines: a blank line always means the next block. */
function normaliseProse(text: string): string {
  return normaliseCharacters(text)
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Indentation and inner blank lines are meaning in code; only trailing blanks go. */
function normaliseCode(text: string): string {
  const lines = normaliseCharacters(text)
    .split('\n')
    .map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  if (first < 0) return '';
  return lines.slice(first, lines.findLastIndex((line) => line !== '') + 1).join('\n');
}
