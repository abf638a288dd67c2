import { limits } from '@twin/core/limits';
import { z } from 'zod';

/** Text within `charactersMax`, without NUL, which Postgres cannot store. */
export function text(charactersMax: number) {
  return z
    .string()
    .max(charactersMax)
    .refine((value) => !value.includes('\u0000'), 'must not contain NUL characters');
}

/** Text that says something: white space alone is refused. */
export function nonEmptyText(charactersMax: number) {
  return text(charactersMax).refine((value) => value.trim() !== '', 'must not be empty');
}

/** Text that is also kept in JSON, where Postgres takes no half surrogate pair. */
export function name(charactersMax: number) {
  return nonEmptyText(charactersMax).refine((value) => value.isWellFormed(), 'must not contain half a surrogate pair');
}

export const documentId = name(limits.documentIdCharactersMax);
export const title = name(limits.titleCharactersMax);
export const collectionName = name(limits.collectionNameCharactersMax);
export const tag = name(limits.tagCharactersMax);
/** Half a surrogate pair, which an editor may leave of a picture sign, is read as a sign that is missing. */
export const question = nonEmptyText(limits.questionCharactersMax).overwrite((value) => value.toWellFormed());
export const personaName = nonEmptyText(limits.personaNameCharactersMax);
export const personaBio = text(limits.personaBioCharactersMax);
export const personaTone = text(limits.personaToneCharactersMax);
export const shareLinkName = nonEmptyText(limits.shareLinkNameCharactersMax);
export const webAddress = nonEmptyText(limits.webAddressCharactersMax);
/** White space may be part of it. */
export const filePassword = text(limits.filePasswordCharactersMax).refine((value) => value !== '', 'must not be empty');
/** What a list of documents can be narrowed to. */
export const documentState = z.enum(['ready', 'working', 'failed', 'canceled']);
export const rowId = z.guid();
/** The sequence of the last event the client has; the browser sends it again when it reconnects. */
export const lastEventId = z.string().regex(/^\d{1,9}$/);
/** What the library is sorted by. */
export const sortedBy = z.object({
  collectionId: rowId.exactOptional(),
  tags: z.array(tag).max(limits.tagsAtOnceMax).exactOptional(),
});
function isYear(year: number): boolean {
  return year >= 1 && year <= 9999;
}

/** In years of four digits, wherever on earth it is told: there is no year 0, and one of five Postgres takes for a time zone. */
export const pointInTime = z.iso
  .datetime({ offset: true })
  .refine((time) => isYear(new Date(time).getUTCFullYear()), 'must lie in the years 1 to 9999');
/** A part of the library: what meets every condition given. Times are those at which documents were added. */
export const askedScope = sortedBy.extend({
  documentIds: z.array(documentId).min(1).max(limits.documentsAtOnceMax).exactOptional(),
  addedFrom: pointInTime.exactOptional(),
  addedBefore: pointInTime.exactOptional(),
});
export const pageSize = z.int().min(1).max(200);
export const pageLimit = pageSize.default(50);
/** Of a page in its document, from 1. */
export const pageNumber = z.int().min(1).max(limits.pagesMax);
