import { strFromU8 } from 'fflate';
import { parseDocument } from 'htmlparser2';
import { attributeOf, childElements, descendants, firstDescendant, type XmlElement } from './xml-tree.ts';

/** A chain of styles that is longer runs in a circle. */
const CHAIN_MAX = 20;

/**
 * Rules for Mammoth, which takes for headings only what is called “heading 1”: the paragraph styles that a person or a company made,
 * where they, or what they are based on, have a level in the outline.
 */
export function headingStyles(stylesXml: Uint8Array | undefined): string[] {
  return [...ownHeadingStyles(stylesXml)].map(([name, level]) => `p[style-name='${name}'] => h${level}:fresh`);
}

/** The level of headings that are set in a style, by its name. */
export function headingLevels(stylesXml: Uint8Array | undefined): (styleName: string) => number | undefined {
  const own = ownHeadingStyles(stylesXml);
  return (name) => {
    const known = /^heading ?([1-6])$/i.exec(name)?.[1];
    return known === undefined ? own.get(name) : Number(known);
  };
}

function ownHeadingStyles(stylesXml: Uint8Array | undefined): Map<string, number> {
  const found = new Map<string, number>();
  if (stylesXml === undefined) return found;
  const root = parseDocument(strFromU8(stylesXml), { xmlMode: true }).children.find((node) => 'attribs' in node);
  const styles = new Map(
    [...(root === undefined ? [] : descendants(root, 'style'))]
      .filter((style) => attributeOf(style, 'type') === 'paragraph')
      .map((style) => [attributeOf(style, 'styleId') ?? '', style]),
  );
  for (const style of styles.values()) {
    const name = valueOf(style, 'name') ?? '';
    const level = levelOf(style, styles);
    // What Mammoth knows it knows best, and a name is quoted in a rule.
    if (level === undefined || /^heading \d$|^(?:sub)?title$|['\\\n]/i.test(name) || name === '') continue;
    found.set(name, level);
  }
  return found;
}

function levelOf(style: XmlElement, styles: ReadonlyMap<string, XmlElement>): number | undefined {
  let current: XmlElement | undefined = style;
  for (let step = 0; current !== undefined && step < CHAIN_MAX; step += 1) {
    const outline = firstDescendant(current, 'outlineLvl');
    const level =
      outline === undefined
        ? /^heading ([1-9])$/i.exec(valueOf(current, 'name') ?? '')?.[1]
        : Number(attributeOf(outline, 'val')) + 1;
    // Level 10 is that of body text.
    if (level !== undefined) return Number(level) >= 1 && Number(level) <= 9 ? Math.min(6, Number(level)) : undefined;
    current = styles.get(valueOf(current, 'basedOn') ?? '');
  }
  return undefined;
}

function valueOf(style: XmlElement, name: string): string | undefined {
  const element = childElements(style, name)[0];
  return element === undefined ? undefined : attributeOf(element, 'val');
}
