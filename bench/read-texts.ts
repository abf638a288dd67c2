import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { splitSentences } from '@twin/core/chat/split-sentences';
import { createCanonicalText } from '@twin/core/documents/canonical-text';
import { chunkDocument } from '@twin/core/documents/chunk-document';
import { addTextBlocks } from '@twin/core/documents/parsers/text-blocks';
import { createSeededRandom } from '@twin/core/evaluation/seeded-random';

export interface TextDocument {
  id: string;
  title: string;
  paragraphs: string[];
}

export interface TextQuestion {
  set: string;
  text: string;
  /** The latest first. */
  earlierQuestions: string[];
}

interface DocumentLine {
  id: string;
  title?: string;
  text: string;
}

interface QuestionLine {
  text: string;
  history?: { role: string; text: string }[];
}

/** Texts that come one a line are short: each is a passage, and so many make a document. */
const LINES_PER_DOCUMENT = 100;

/**
 * Documents, mixed, each text once: of folders with `corpus.jsonl`, cut as ingestion cuts them or into sentences, and of files
 * with one JSON string a line. And what the folders' `queries.jsonl` ask.
 */
export function readTexts(paths: readonly string[], { isBySentence }: { isBySentence: boolean }) {
  const folders = paths.filter((path) => statSync(path).isDirectory());
  const files = paths.filter((path) => !folders.includes(path));
  const cutDocuments = folders.flatMap(readDocuments).map(({ text, ...document }) => {
    return { ...document, paragraphs: cut(text, isBySentence) };
  });
  return {
    documents: shuffle([...eachTextOnce(cutDocuments), ...files.flatMap(readPassages)]),
    questions: shuffle(folders.flatMap(readQuestions)),
  };
}

function readDocuments(folder: string) {
  return readLines<DocumentLine>(join(folder, 'corpus.jsonl'))
    .filter(({ text }) => text.trim() !== '')
    .map(({ id, title = '', text }) => ({ id: `${basename(folder)}/${id}`, title, text }));
}

function eachTextOnce(documents: readonly TextDocument[]): TextDocument[] {
  return [...new Map(documents.map((document) => [document.paragraphs.join('\n'), document])).values()];
}

function readPassages(file: string): TextDocument[] {
  const passages = shuffle([...new Set(readLines<string>(file))]);
  const count = Math.ceil(passages.length / LINES_PER_DOCUMENT);
  return Array.from({ length: count }, (_none, index) => {
    const paragraphs = passages.slice(index * LINES_PER_DOCUMENT, (index + 1) * LINES_PER_DOCUMENT);
    return { id: `${basename(file)}/${index}`, title: '', paragraphs };
  });
}

function cut(text: string, isBySentence: boolean): string[] {
  const canonical = createCanonicalText({ fileName: 'text.txt', charactersMax: Number.MAX_SAFE_INTEGER });
  addTextBlocks(canonical, text);
  const { canonicalText, blocks } = canonical.finish();
  if (!isBySentence) return [...chunkDocument({ canonicalText, blocks })].map(({ content }) => content);
  return splitSentences(canonicalText).map(({ start, end }) => canonicalText.slice(start, end));
}

function readQuestions(folder: string): TextQuestion[] {
  if (!existsSync(join(folder, 'queries.jsonl'))) return [];
  return readLines<QuestionLine>(join(folder, 'queries.jsonl')).map(({ text, history = [] }) => {
    const asked = history.filter(({ role }) => role === 'user').map((turn) => turn.text);
    return { set: basename(folder), text, earlierQuestions: asked.toReversed() };
  });
}

function readLines<T>(file: string): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as T);
}

/** The same order for the same things. */
function shuffle<T>(things: readonly T[]): T[] {
  const random = createSeededRandom(1);
  const placed = things.map((thing) => ({ thing, place: random() }));
  return placed.toSorted((a, b) => a.place - b.place).map(({ thing }) => thing);
}
