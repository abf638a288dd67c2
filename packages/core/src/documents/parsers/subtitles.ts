import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

const timing = /^\s*((?:\d{1,3}:)?\d{1,2}:\d{2})[.,]\d{1,3}\s+-->\s+((?:\d{1,3}:)?\d{1,2}:\d{2})[.,]\d{1,3}/;
/** A silence as long as this (seconds), or as much text, ends a paragraph. */
const SILENCE_SECONDS = 4;
const PARAGRAPH_CHARACTERS = 500;
/** As much ends one within a sentence as well: what is transcribed by a program may have no full stop at all. */
const PARAGRAPH_CHARACTERS_MAX = 2_000;

/** Reads subtitles (SubRip, WebVTT) as the text that is spoken, in paragraphs that begin with their time. */
export function parseSubtitles(input: ParserInput): ParsedDocument {
  const text = decodeOrRefuse(input);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  let open: { start: string; endSeconds: number; text: string; isSentence: boolean } | undefined;
  const close = () => {
    if (open !== undefined) canonical.add({ kind: 'paragraph', text: `${open.start} ${open.text}` });
  };
  let last = '';
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n[^\S\n]*\n/)) {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    const at = lines.findIndex((line) => timing.test(line));
    const [, start = '', end = ''] = timing.exec(lines[at] ?? '') ?? [];
    const said = lines
      .slice(at + 1)
      .map(spokenText)
      .filter(Boolean)
      .join(' ');
    // Captions that roll up say a line again until the next one has come.
    if (at < 0 || said === '' || said === last) continue;
    last = said;
    const isPause = open !== undefined && secondsOf(start) - open.endSeconds >= SILENCE_SECONDS;
    const length = open?.text.length ?? 0;
    const isFull =
      (open?.isSentence === true && length >= PARAGRAPH_CHARACTERS) ||
      length + 1 + said.length > PARAGRAPH_CHARACTERS_MAX;
    // Of this cue alone: a look through all that is open, at every cue, would take its time squared.
    const heard = { endSeconds: secondsOf(end), isSentence: /[.!?…]["”’)]?$/.test(said) };
    if (open === undefined || isPause || isFull) {
      close();
      open = { ...heard, start, text: said };
    } else open = { ...heard, start: open.start, text: `${open.text} ${said}` };
  }
  close();
  return { ...canonical.finish(), title: null, mediaType: 'text/vtt', pageCount: null, warnings: [] };
}

/** Without what styles it; who speaks is told. */
function spokenText(line: string): string {
  return line
    .replace(/<v(?:\.[^\s<>]*)?\s+([^\s<>][^<>]*)>/g, '$1: ')
    .replace(/<\/?[a-z\d:.][^<>]*>|\{\\[^{}]*\}/gi, '')
    .replace(
      /&(amp|lt|gt|nbsp|lrm|rlm);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', nbsp: ' ' })[name] ?? '',
    )
    .replace(/\s+/g, ' ')
    .trim();
}

function secondsOf(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
