import { attributeOf, childElements, descendants, firstDescendant, parseMarkup, type XmlElement } from './xml-tree.ts';

/** One level of a list: how its numbers look, and where they begin. */
export interface NumberLevel {
  format: string;
  /** As in `%1.%2)`. */
  pattern: string;
  start: number;
  /** All numbers in digits, however those of the levels above look. */
  isInDigits: boolean;
  /** The level, from 1, after which the count begins anew; 0 is never, and left out is each above. */
  restartsAfter: number | undefined;
}

/** What numbers a paragraph. */
export interface ParagraphNumbering {
  listId: string;
  level: number;
}

/** The lists that a Word document defines. */
export interface ListDefinitions {
  /** Lists of one family count on from each other. */
  familyOf(listId: string): string | undefined;
  levelOf(listId: string, level: number): NumberLevel | undefined;
  /** Where a list that counts for itself begins. */
  restartOf(listId: string, level: number): number | undefined;
  /** How paragraphs of a style are numbered. */
  ofStyle(styleId: string): ParagraphNumbering | undefined;
}

/** A chain of styles or lists that is longer runs in a circle. */
const CHAIN_MAX = 20;

export function readListDefinitions(numberingXml: Uint8Array, stylesXml: Uint8Array | undefined): ListDefinitions {
  const numbering = parseMarkup(numberingXml);
  const styles = byId(stylesXml === undefined ? undefined : parseMarkup(stylesXml), 'style', 'styleId');
  const families = byId(numbering, 'abstractNum', 'abstractNumId');
  const lists = byId(numbering, 'num', 'numId');

  function familyOf(listId: string): string | undefined {
    let family = valueOf(lists.get(listId), 'abstractNumId');
    for (let step = 0; family !== undefined && step < CHAIN_MAX; step += 1) {
      // The levels of a list that looks like a style stand with the list which that style names.
      const style = valueOf(families.get(family), 'numStyleLink');
      const linked = style === undefined ? undefined : numberingIn(styles.get(style))?.listId;
      if (linked === undefined) return family;
      family = valueOf(lists.get(linked), 'abstractNumId');
    }
    return undefined;
  }
  const overrideOf = (listId: string, level: number) => levelIn(lists.get(listId), 'lvlOverride', level);

  function levelElementOf(listId: string, level: number): XmlElement | undefined {
    const own = overrideOf(listId, level);
    const replaced = own === undefined ? undefined : childElements(own, 'lvl')[0];
    return replaced ?? levelIn(families.get(familyOf(listId) ?? ''), 'lvl', level);
  }

  function ofStyle(styleId: string): ParagraphNumbering | undefined {
    let style = styles.get(styleId);
    for (let step = 0; style !== undefined && step < CHAIN_MAX; step += 1) {
      const own = numberingIn(style);
      if (own?.listId !== undefined) {
        const family = families.get(familyOf(own.listId) ?? '');
        const levels = family === undefined ? [] : childElements(family, 'lvl');
        const linked = levels.find((level) => valueOf(level, 'pStyle') === styleId);
        return {
          listId: own.listId,
          level: Number(linked === undefined ? own.level : attributeOf(linked, 'ilvl')) || 0,
        };
      }
      style = styles.get(valueOf(style, 'basedOn') ?? '');
    }
    return undefined;
  }

  return {
    familyOf: remembering(familyOf, (listId) => listId),
    levelOf: remembering(
      (listId: string, level: number) => toLevel(levelElementOf(listId, level)),
      (listId, level) => `${level}/${listId}`,
    ),
    restartOf: (listId, level) => numberIn(overrideOf(listId, level), 'startOverride'),
    ofStyle: remembering(ofStyle, (styleId) => styleId),
  };
}

/** Each paragraph asks, and files repeat a few answers over all of them. */
function remembering<Asked extends unknown[], Answer>(
  answer: (...asked: Asked) => Answer,
  keyOf: (...asked: Asked) => string,
): (...asked: Asked) => Answer {
  const answers = new Map<string, { answer: Answer }>();
  return (...asked) => {
    const key = keyOf(...asked);
    const known = answers.get(key) ?? { answer: answer(...asked) };
    answers.set(key, known);
    return known.answer;
  };
}

function byId(root: XmlElement | undefined, name: string, idName: string): Map<string, XmlElement> {
  const elements = root === undefined ? [] : childElements(root, name);
  return new Map(elements.map((element) => [attributeOf(element, idName) ?? '', element]));
}

function levelIn(parent: XmlElement | undefined, name: string, level: number): XmlElement | undefined {
  const levels = parent === undefined ? [] : childElements(parent, name);
  return levels.find((element) => Number(attributeOf(element, 'ilvl') ?? 0) === level);
}

function numberingIn(style: XmlElement | undefined): { listId: string; level: string | undefined } | undefined {
  const numbering = firstDescendant(style, 'numPr');
  const listId = valueOf(numbering, 'numId');
  return listId === undefined ? undefined : { listId, level: valueOf(numbering, 'ilvl') };
}

function toLevel(level: XmlElement | undefined): NumberLevel | undefined {
  if (level === undefined) return undefined;
  const choice = [...descendants(level, 'numFmt')].at(-1);
  return {
    format: (choice === undefined ? undefined : attributeOf(choice, 'val')) ?? 'decimal',
    pattern: valueOf(level, 'lvlText') ?? '',
    start: numberIn(level, 'start') ?? 0,
    isInDigits: isOn(childElements(level, 'isLgl')[0]),
    restartsAfter: numberIn(level, 'lvlRestart'),
  };
}

function isOn(setting: XmlElement | undefined): boolean {
  return setting !== undefined && !/^(?:0|false|off)$/.test(attributeOf(setting, 'val') ?? '');
}

function valueOf(parent: XmlElement | undefined, name: string): string | undefined {
  const element = parent === undefined ? undefined : childElements(parent, name)[0];
  return element === undefined ? undefined : attributeOf(element, 'val');
}

function numberIn(parent: XmlElement | undefined, name: string): number | undefined {
  const value = Number.parseInt(valueOf(parent, name) ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
}
