import type { PptFile } from './ppt-file.ts';
import { childRecords, firstChild, type PptRecord, pptTypes, readPptRecords } from './ppt-records.ts';
import { listPptParts, type PptOutline, type PptPart } from './ppt-shapes.ts';
import { readPptTexts } from './ppt-texts.ts';

export interface PptSlide {
  parts: PptPart[];
  notes: PptPart[];
  comments: string[];
}

/** The lists in a presentation, by the instance of their records. */
const SLIDES = 0;
const NOTES = 2;
const COMMENT_TEXT = 1;
/** Where in the head of a slide the number of its notes stands. */
const NOTES_ID_AT = 16;

interface Entry {
  persistId: number;
  /** By which other slides and notes call it. */
  id: number;
  /** What stands behind it in the list. */
  records: PptRecord[];
}

const nothing: PptSlide = { parts: [], notes: [], comments: [] };

/** How many slides there are, and each of them in the order in which they are shown. */
export function openPptSlides(ppt: PptFile): { count: number; slides: () => Generator<PptSlide> } {
  const entries = listEntries(ppt, SLIDES);
  const notes = new Map(listEntries(ppt, NOTES).map((entry) => [entry.id, entry]));
  return {
    count: entries.length,
    *slides() {
      for (const entry of entries) yield ppt.damage.attempt(() => readSlide(ppt, entry, notes)) ?? nothing;
    },
  };
}

function listEntries(ppt: PptFile, list: number): Entry[] {
  const entries: Entry[] = [];
  const found = [...childRecords(ppt.document, pptTypes.slideList)].find(({ instance }) => instance === list);
  for (const record of found === undefined ? [] : readPptRecords(found.content)) {
    const { content } = record;
    if (record.type !== pptTypes.slidePersist) entries.at(-1)?.records.push(record);
    else if (content.byteLength < 16) ppt.damage.add();
    else entries.push({ persistId: content.readUInt32LE(0), id: content.readUInt32LE(12), records: [] });
  }
  return entries;
}

function readSlide(ppt: PptFile, entry: Entry, notes: ReadonlyMap<number, Entry>): PptSlide {
  const { parts, record } = readPage(ppt, entry, pptTypes.slide);
  const notesId = firstChild(record, pptTypes.slideAtom)?.content.readUInt32LE(NOTES_ID_AT) ?? 0;
  const notesEntry = notes.get(notesId);
  return {
    parts,
    notes: ppt.damage.attempt(() => notesEntry && readPage(ppt, notesEntry, pptTypes.notes).parts) ?? [],
    comments: ppt.damage.attempt(() => record && listComments(ppt, record)) ?? [],
  };
}

function readPage(ppt: PptFile, entry: Entry, type: number): { parts: PptPart[]; record: PptRecord | undefined } {
  const outline: PptOutline = new Map(readPptTexts(ppt, entry.records).entries());
  const record = ppt.takePersistent(entry.persistId);
  if (record?.type === type) return { parts: [...listPptParts(ppt, record, outline)], record };
  // Of a slide that is lost, the list still has what it says.
  if (type === pptTypes.slide) ppt.damage.add();
  return { parts: [...outline.values()].map((text) => ({ type: 'text', text })), record: undefined };
}

function listComments(ppt: PptFile, slide: PptRecord): string[] {
  return [...childRecords(slide, pptTypes.tags)]
    .flatMap((tags) => [...childRecords(tags, pptTypes.tag)])
    .flatMap((tag) => [...childRecords(tag, pptTypes.tagContent)])
    .flatMap((content) => [...childRecords(content, pptTypes.comment)])
    .flatMap((comment) => [...childRecords(comment, pptTypes.string)])
    .filter(({ instance }) => instance === COMMENT_TEXT)
    .map((text) => ppt.textOf(text));
}
