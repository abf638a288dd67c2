import { createHash } from 'node:crypto';
import { placeOfVectorId } from '@twin/db/place-of-vector-id';
import { limits } from '../limits.ts';
import type { SourceVector } from './sources.ts';
import { storableValue } from './storable-value.ts';

/** A passage of a document. */
export interface MappedPassage {
  outcome: 'passage' | 'passage of its own document (its place was taken)';
  /** `<document>-chunk-<n>`, or the id of a document with this passage alone. */
  id: string;
  documentId: string;
  /** Its place in the document. */
  ordinal: number;
  title: string;
  content: string;
  metadata: Record<string, unknown>;
}

/** What a vector of the source becomes: a passage, or nothing for a reason. */
export type MappedVector = MappedPassage | { outcome: `skipped: ${string}` };

export function isPassage(mapped: MappedVector): mapped is MappedPassage {
  return 'content' in mapped;
}

/** Metadata fields in which people keep the text of a vector, the likeliest first. */
const textFields = ['content', 'text', 'pageContent', 'page_content', 'chunk', 'body'];
const documentFields = ['documentId', 'document_id', 'docId', 'doc_id'];
const ordinalFields = ['chunkIndex', 'chunk_index', 'ordinal', 'index'];
const titleFields = ['title', 'documentTitle', 'fileName', 'filename', 'name', 'source'];

/** The rules of `mapVector` in words, for people to read before anything is written. */
export const vectorMappingRules = [
  `text: the vector's data, else the first of metadata ${textFields.join(', ')}; a vector without any is left out`,
  `document: an id like <document>-chunk-<n> is passage n of that document; else metadata ${documentFields[0]} with ` +
    `${ordinalFields[0]} says so; else the vector is a document of its own`,
  `title: the first of metadata ${titleFields.join(', ')}, else the document's id`,
  'source, author and every other field: kept with the passage as metadata, where filters find them',
  'place: where several vectors want to be the same passage, the first is, and each other one becomes a document of its own, ' +
    'with a mark behind its id',
  'namespace: ids of a named one start with <namespace>/, and metadata namespace says it; the default one keeps its ids',
] as const;

/** Says what a vector becomes. The same vector always becomes the same passage. */
export function mapVector(namespace: string, vector: SourceVector): MappedVector {
  const fields = storableValue(vector.metadata ?? {});
  const content = storableValue(vector.data ?? '').trim() || findText(fields, textFields);
  if (content === undefined) return { outcome: 'skipped: no text' };
  const { documentId, ordinal } = placeOf(storableValue(vector.id), fields);
  const scoped = shorten(namespace === '' ? documentId : `${storableValue(namespace)}/${documentId}`);
  return {
    outcome: 'passage',
    id: ordinal === undefined ? scoped : `${scoped}-chunk-${ordinal}`,
    documentId: scoped,
    ordinal: ordinal ?? 0,
    title: (findText(fields, titleFields) ?? documentId).slice(0, limits.titleCharactersMax).toWellFormed(),
    content,
    metadata: namespace === '' ? fields : { ...fields, namespace },
  };
}

/**
 * The same passage as a document of its own, for when its place is taken. Its id is that of no other vector: it ends in a
 * mark made from where the vector comes from.
 */
export function asOwnDocument(mapped: MappedPassage, source: string, vectorId: string): MappedPassage {
  const mark = createHash('sha256').update(`${source}\0${vectorId}`).digest('hex').slice(0, 16);
  const id = `${mapped.documentId.slice(0, limits.documentIdCharactersMax - 17)}~${mark}`.toWellFormed();
  return { ...mapped, outcome: 'passage of its own document (its place was taken)', id, documentId: id, ordinal: 0 };
}

function placeOf(id: string, fields: Record<string, unknown>): { documentId: string; ordinal?: number } {
  const place = placeOfVectorId(id);
  if (place !== undefined) return place;
  const documentId = findText(fields, documentFields);
  const ordinal = ordinalFields.map((name) => Number(fields[name] ?? Number.NaN)).find(isOrdinal);
  return documentId === undefined || ordinal === undefined ? { documentId: id } : { documentId, ordinal };
}

function isOrdinal(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 1e9;
}

function findText(fields: Record<string, unknown>, names: readonly string[]): string | undefined {
  return names
    .map((name) => fields[name])
    .find((value): value is string => typeof value === 'string' && value.trim() !== '')
    ?.trim();
}

/** Ids beyond what the product takes end in a part of their hash. */
function shorten(id: string): string {
  if (id.length <= limits.documentIdCharactersMax) return id;
  const mark = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${id.slice(0, limits.documentIdCharactersMax - 17)}-${mark}`.toWellFormed();
}
