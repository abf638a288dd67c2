import { inflateSync } from 'node:zlib';
import type { UnreadFile } from '../parsed-document.ts';
import { openCompoundFile } from './compound-file.ts';
import { embeddedFile } from './embedded-file.ts';
import { isPackage, nameOleObject, type OleObject, readOleObject } from './ole-object.ts';
import type { ParserInput } from './parser-input.ts';
import type { PptFile } from './ppt-file.ts';
import { childRecords, firstChild, pptTypes } from './ppt-records.ts';
import { takeFromBudget } from './read-budget.ts';

const EMBEDDED = 0;
/** Which string of an object tells what. */
const PROG_ID = 2;
const KIND = 3;
const COMPRESSED = 1;
/** A larger object is not unpacked for its name. */
const OBJECT_BYTES_MAX = 5 * 1024 * 1024;

/** The files that are embedded in an old presentation, as its list of objects tells ([MS-PPT] 2.10.27). */
export function listPptEmbeddedFiles(ppt: PptFile, input: ParserInput): UnreadFile[] {
  const objects = childRecords(firstChild(ppt.document, pptTypes.objects), pptTypes.embeddedObject);
  return [...objects].flatMap((object) => {
    const atom = firstChild(object, pptTypes.objectAtom)?.content;
    if (atom === undefined || atom.byteLength < 20 || atom.readUInt32LE(4) !== EMBEDDED) return [];
    const strings = [...childRecords(object, pptTypes.string)];
    const textOf = (place: number) => {
      const found = strings.find(({ instance }) => instance === place);
      return found === undefined ? '' : ppt.textOf(found);
    };
    const told: OleObject = { progId: textOf(PROG_ID), kind: textOf(KIND) };
    const packed = isPackage(told)
      ? ppt.damage.attempt(() => readStored(ppt, atom.readUInt32LE(16), input))
      : undefined;
    const name = nameOleObject(packed ?? told);
    return name === undefined ? [] : [embeddedFile(name)];
  });
}

function readStored(ppt: PptFile, id: number, { fileName, budget }: ParserInput): OleObject | undefined {
  const stored = ppt.takePersistent(id);
  if (stored?.type !== pptTypes.storedObject) return undefined;
  const { instance, content } = stored;
  const bytes = instance === COMPRESSED ? content.readUInt32LE(0) : content.byteLength;
  if (bytes > OBJECT_BYTES_MAX) return undefined;
  takeFromBudget(budget, { inflatedBytesLeft: bytes }, fileName);
  const object = instance === COMPRESSED ? inflateSync(content.subarray(4), { maxOutputLength: bytes }) : content;
  return readOleObject(openCompoundFile(object, fileName, budget), '');
}
