import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import { addChats, readChats } from './chat-exports.ts';
import type { Chat } from './chat-exports-fields.ts';
import { formatRecord } from './format-table.ts';
import { indentJson } from './indent-json.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

/** Reads JSON: a list of flat records as a table, anything else as code, indented when it was all on one line. */
export function parseJson(input: ParserInput): ParsedDocument {
  const text = decodeOrRefuse(input).replace(/^\ufeff/, '');
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const value = readJson(text);
  const exported = readChats(value);
  if (exported !== undefined) {
    const { chats, warnings } = exported;
    return finish(addChats(canonical, chats), 'application/json', warnings, chats);
  }
  const records = Array.isArray(value) ? flatRecords(value) : undefined;
  if (records !== undefined) addRecords(canonical, records);
  else
    canonical.add({ kind: 'code', text: value === undefined || text.trim().includes('\n') ? text : indentJson(text) });
  return finish(
    canonical,
    'application/json',
    value === undefined ? ['The JSON has an error; it was read as text.'] : [],
  );
}

/** Reads one JSON value a line: a table when all are flat records, else each line as code. */
export function parseJsonLines(input: ParserInput): ParsedDocument {
  const lines = decodeOrRefuse(input)
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const filled = lines.filter((line) => line.trim() !== '');
  const values = filled.map(readJson);
  const records = flatRecords(values);
  if (records !== undefined) addRecords(canonical, records);
  else for (const line of filled) canonical.add({ kind: 'code', text: line });
  const broken = values.filter((value) => value === undefined).length;
  return finish(canonical, 'application/jsonl', broken === 0 ? [] : [`Lines with an error, read as text: ${broken}.`]);
}

function finish(
  canonical: CanonicalText,
  mediaType: string,
  warnings: string[],
  chats: readonly Chat[] = [],
): ParsedDocument {
  return {
    ...canonical.finish(),
    title: chats.length === 1 ? (chats[0]?.name ?? null) : null,
    mediaType,
    pageCount: null,
    warnings,
  };
}

/** The value, its numbers as they are written, because long ones would lose digits; undefined for malformed JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value,
    );
  } catch {
    return undefined;
  }
}

type FlatRecord = Map<string, string>;

/** Longer values are texts of their own, which one line of a table would make unreadable. */
const CELL_CHARACTERS_MAX = 300;
const COLUMNS_MAX = 40;

/** Undefined when something in the list is no record, or holds other records, lists or long texts. */
function flatRecords(values: readonly unknown[]): FlatRecord[] | undefined {
  if (values.length === 0) return undefined;
  const records: FlatRecord[] = [];
  for (const value of values) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const record: FlatRecord = new Map();
    for (const [key, field] of Object.entries(value)) {
      if (typeof field === 'object' && field !== null) return undefined;
      const text = field === null ? '' : String(field);
      if (text.length > CELL_CHARACTERS_MAX) return undefined;
      record.set(key, text);
    }
    if (record.size > COLUMNS_MAX) return undefined;
    records.push(record);
  }
  return records;
}

/** Records that have little in common would make a table of mostly empty cells: each is told by itself. */
function addRecords(canonical: CanonicalText, records: readonly FlatRecord[]): void {
  const columns = [...new Set(records.flatMap((record) => [...record.keys()]))];
  if (columns.length <= COLUMNS_MAX) {
    addTable(canonical, [columns, ...records.map((record) => columns.map((column) => record.get(column) ?? ''))]);
    return;
  }
  for (const record of records) {
    canonical.add({ kind: 'paragraph', text: formatRecord([...record.keys()], [...record.values()]) });
  }
}
