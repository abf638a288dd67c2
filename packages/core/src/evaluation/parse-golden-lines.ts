import { AppError } from '../app-error.ts';
import { limits } from '../limits.ts';
import type { ExpectedSource, GoldenQuestion } from './golden-question.ts';

/**
 * Reads golden questions from JSON lines: `question` and, as far as known, `answerable` (true where it is left out),
 * `documents` (ids, or objects of `id` and `quote`), `answers` (texts, any of which makes an answer right) and `history`
 * (objects of `role` and `text`, oldest first). Blank lines are skipped.
 *
 * @throws AppError `invalid-input` naming the line and what is wrong with it.
 */
export function parseGoldenLines(lines: string): GoldenQuestion[] {
  const questions = [...lines.split('\n').entries()]
    .filter(([, line]) => line.trim() !== '')
    .map(([index, line]) => parseLine(line, index + 1));
  if (questions.length > limits.goldenQuestionsMax) {
    throw invalid(
      limits.goldenQuestionsMax + 1,
      `is one more than the ${limits.goldenQuestionsMax} an import may hold`,
    );
  }
  return questions;
}

function parseLine(line: string, number: number): GoldenQuestion {
  const fields = asObject(parseJson(line, number), number);
  const { question, answerable = true, documents = [], answers = [], history = [] } = fields;
  if (!isText(question) || question.length > limits.questionCharactersMax) {
    throw invalid(number, `needs a “question” of 1 to ${limits.questionCharactersMax} characters`);
  }
  if (typeof answerable !== 'boolean') throw invalid(number, 'has an “answerable” that is not true or false');
  if (!Array.isArray(answers) || !answers.every(isText))
    throw invalid(number, 'has “answers” that are not a list of texts');
  return {
    question,
    history: listOf(history, 'history', number).map((turn) => toTurn(turn, number)),
    answerable,
    expected: listOf(documents, 'documents', number).map((document) => toExpected(document, number)),
    answerTexts: answers,
  };
}

function toTurn(turn: unknown, number: number): GoldenQuestion['history'][number] {
  const { role, text } = asObject(turn, number);
  if ((role === 'user' || role === 'assistant') && isText(text)) return { role, text };
  throw invalid(number, 'has a “history” whose turns are not a “role” (user, assistant) and a “text”');
}

function toExpected(document: unknown, number: number): ExpectedSource {
  if (isText(document)) return { documentId: document, quote: null };
  const { id, quote = null } = asObject(document, number);
  if (isText(id) && (quote === null || isText(quote))) return { documentId: id, quote };
  throw invalid(number, 'has “documents” that are not ids, or objects of “id” and “quote”');
}

function parseJson(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw invalid(number, 'is not JSON', error);
  }
}

function listOf(value: unknown, name: string, number: number): unknown[] {
  if (Array.isArray(value) && value.length <= limits.goldenExpectedMax) return value;
  throw invalid(number, `has “${name}” that are not a list of at most ${limits.goldenExpectedMax}`);
}

function asObject(value: unknown, number: number): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(number, 'is not a JSON object');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\0') && value.isWellFormed();
}

function invalid(number: number, reason: string, cause?: unknown): AppError {
  return new AppError('invalid-input', `Line ${number} ${reason}. Nothing was imported.`, { cause });
}
