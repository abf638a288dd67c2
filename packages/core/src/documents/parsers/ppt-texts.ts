import type { PptFile } from './ppt-file.ts';
import { childRecords, firstChild, type PptRecord, pptTypes } from './ppt-records.ts';

/** A text on a slide: `\r` parts its paragraphs, `\v` its lines. */
export interface PptText {
  /** What it is on the slide, as `pptTextKinds` numbers it. */
  kind: number;
  text: string;
  /** Stretches of it that lead somewhere, by the number of where. */
  links: { start: number; end: number; id: number }[];
}

/** [MS-PPT] 2.13.33. */
export const pptTextKinds = { title: 0, body: 1, other: 4, subtitle: 5, centredTitle: 6, halfBody: 7, quarterBody: 8 };

const ON_CLICK = 0;
const TARGET = 1;
/** What is longer is no address that anybody follows. */
const ADDRESS_CHARACTERS_MAX = 2048;

/** The texts in what is in a box, or behind a slide in the list of slides. */
export function readPptTexts(ppt: PptFile, records: Iterable<PptRecord>): PptText[] {
  const texts: PptText[] = [];
  let linkId: number | undefined;
  for (const record of records) {
    const { type, instance, content } = record;
    const last = texts.at(-1);
    if (type === pptTypes.textHeader) texts.push({ kind: content.readUInt32LE(0), text: '', links: [] });
    else if (type === pptTypes.wideText || type === pptTypes.narrowText) {
      const text = ppt.textOf(record);
      if (last === undefined) texts.push({ kind: pptTextKinds.other, text, links: [] });
      else last.text = text;
    } else if (type === pptTypes.link) {
      linkId = instance === ON_CLICK ? firstChild(record, pptTypes.linkAtom)?.content.readUInt32LE(4) : undefined;
    } else if (type === pptTypes.linkedStretch && linkId !== undefined) {
      last?.links.push({ start: content.readUInt32LE(0), end: content.readUInt32LE(4), id: linkId });
      linkId = undefined;
    }
  }
  return texts;
}

/** Where links lead, by the number that texts name them by. */
export function readPptAddresses(ppt: PptFile): Map<number, string> {
  const addresses = new Map<number, string>();
  for (const link of childRecords(firstChild(ppt.document, pptTypes.objects), pptTypes.hyperlink)) {
    const id = firstChild(link, pptTypes.hyperlinkNumber)?.content.readUInt32LE(0);
    const target = [...childRecords(link, pptTypes.string)].find(({ instance }) => instance === TARGET);
    const address = target === undefined ? '' : ppt.textOf(target);
    if (id !== undefined && address !== '' && address.length <= ADDRESS_CHARACTERS_MAX) addresses.set(id, address);
  }
  return addresses;
}
