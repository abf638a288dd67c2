import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '@twin/core/app-error';
import { z } from 'zod';
import type { DataSet, DataSetQuestion } from './data-set.ts';

const documentLine = z.object({ id: z.string().min(1), title: z.string().default(''), text: z.string() });
const span = z.object({ start: z.int().min(0), end: z.int().min(1) });
const questionLine = z.object({
  id: z.string().min(1),
  text: z.string().min(1),
  history: z.array(z.object({ role: z.enum(['user', 'assistant']), text: z.string() })).default([]),
  multiTurn: z.string().nullish(),
  answerability: z.string().optional(),
  doc: z.string().optional(),
  answers: z.array(span).default([]),
  spans: z.array(span).default([]),
});

/**
 * Reads a folder that holds `corpus.jsonl` (id, title, text), `queries.jsonl` (id, text and, where the set has them, history,
 * answerability, doc with answers or spans) and `qrels.tsv` (question, document, grade).
 *
 * @throws AppError `invalid-input` naming the file, the line and what is wrong with it.
 */
export async function readDataSet(folder: string): Promise<DataSet> {
  const [corpus, queries, qrels] = await Promise.all([
    readText(join(folder, 'corpus.jsonl')),
    readText(join(folder, 'queries.jsonl')),
    readText(join(folder, 'qrels.tsv')),
  ]);
  const hash = createHash('sha256');
  for (const file of [corpus, queries, qrels]) hash.update(file.text).update('\0');
  const judgements = parseJudgements(qrels);
  return {
    name: basename(resolve(folder)),
    documents: parseLines(corpus, documentLine),
    questions: parseLines(queries, questionLine).map((line) => toQuestion(line, judgements.get(line.id) ?? new Map())),
    hash: hash.digest('hex'),
  };
}

interface TextFile {
  path: string;
  text: string;
}

async function readText(path: string): Promise<TextFile> {
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch (error) {
    const message = `${path} cannot be read. A data set is a folder with corpus.jsonl, queries.jsonl and qrels.tsv.`;
    throw new AppError('invalid-input', message, { cause: error });
  }
}

function toQuestion(line: z.infer<typeof questionLine>, judgements: ReadonlyMap<string, number>): DataSetQuestion {
  const inDocument = ({ start, end }: { start: number; end: number }) => ({ documentId: line.doc ?? '', start, end });
  return {
    id: line.id,
    text: line.text,
    history: line.history,
    group: line.multiTurn === undefined ? undefined : groupOf(line.multiTurn),
    answerable: line.answerability === undefined ? undefined : line.answerability !== 'UNANSWERABLE',
    judgements,
    answerSpans: line.answers.map(inDocument),
    goldSpans: line.spans.map(inDocument),
  };
}

function groupOf(multiTurn: string | null): string {
  if (multiTurn === null) return 'unlabelled';
  return multiTurn === 'N/A' ? 'standalone' : multiTurn.toLowerCase();
}

function parseJudgements(file: TextFile): Map<string, Map<string, number>> {
  const judgements = new Map<string, Map<string, number>>();
  for (const [index, line] of linesOf(file)) {
    const [question, document, grade] = line.split('\t');
    if (question === undefined || document === undefined || !/^-?\d+$/.test(grade ?? '')) {
      throw invalidLine(file, index, 'is not “question<TAB>document<TAB>grade”');
    }
    const ofQuestion = judgements.get(question) ?? new Map<string, number>();
    judgements.set(question, ofQuestion.set(document, Number(grade)));
  }
  return judgements;
}

function parseLines<T>(file: TextFile, schema: z.ZodType<T>): T[] {
  return linesOf(file).map(([index, line]) => {
    const parsed = schema.safeParse(parseJson(file, index, line));
    if (parsed.success) return parsed.data;
    throw invalidLine(file, index, z.prettifyError(parsed.error));
  });
}

function parseJson(file: TextFile, index: number, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw invalidLine(file, index, 'is not JSON', error);
  }
}

function linesOf({ text }: TextFile): [number, string][] {
  return [...text.split('\n').entries()].filter(([, line]) => line.trim() !== '');
}

function invalidLine({ path }: TextFile, index: number, reason: string, cause?: unknown): AppError {
  return new AppError('invalid-input', `${path}, line ${index + 1}: ${reason}.`, { cause });
}
