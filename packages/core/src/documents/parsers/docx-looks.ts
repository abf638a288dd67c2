import { attributeOf, childElements, parseMarkup, type XmlElement } from './xml-tree.ts';

/** How text is set; the size is in half points. What is left out is set elsewhere. */
export interface TextLook {
  size?: number | undefined;
  isBold?: boolean | undefined;
}

/** The looks of a Word document's styles. */
export interface StyleLooks {
  /** Of what is set in a style, and in those it is based on; without one, of text without a style. */
  lookOf(styleId: string | undefined): TextLook;
  nameOf(styleId: string | undefined): string;
}

/** Where a file does not say. */
const USUAL_SIZE = 20;
/** A chain of styles that is longer runs in a circle. */
const CHAIN_MAX = 20;

export function readStyleLooks(stylesXml: Uint8Array | undefined): StyleLooks {
  const root = stylesXml === undefined ? undefined : parseMarkup(stylesXml);
  const elements = root === undefined ? [] : childElements(root, 'style');
  const styles = new Map(elements.map((style) => [attributeOf(style, 'styleId') ?? '', style]));
  const isUsual = (style: XmlElement) =>
    attributeOf(style, 'type') === 'paragraph' && /^(?:1|true|on)$/.test(attributeOf(style, 'default') ?? '');
  const usual = elements.find(isUsual);
  const defaults = lookIn(child(child(child(root, 'docDefaults'), 'rPrDefault'), 'rPr'));
  const ofUsual = { size: USUAL_SIZE, isBold: false, ...set(defaults), ...set(chainLook(usual, styles)) };
  const looks = new Map<string, TextLook>();
  return {
    lookOf: (styleId) => {
      if (styleId === undefined) return ofUsual;
      const look = looks.get(styleId) ?? chainLook(styles.get(styleId), styles);
      looks.set(styleId, look);
      return look;
    },
    nameOf: (styleId) => valueOf(styles.get(styleId ?? ''), 'name') ?? styleId ?? '',
  };
}

/** The look over another one. */
export function overlay(under: TextLook, over: TextLook): TextLook {
  return { ...under, ...set(over) };
}

export function isOn(value: string | undefined): boolean {
  return !/^(?:0|false|off|none)$/.test(value ?? '');
}

function chainLook(style: XmlElement | undefined, styles: ReadonlyMap<string, XmlElement>): TextLook {
  let look: TextLook = {};
  let current = style;
  for (let step = 0; current !== undefined && step < CHAIN_MAX; step += 1) {
    look = overlay(lookIn(child(current, 'rPr')), look);
    current = styles.get(valueOf(current, 'basedOn') ?? '');
  }
  return look;
}

function lookIn(properties: XmlElement | undefined): TextLook {
  const size = Number(valueOf(properties, 'sz'));
  const bold = child(properties, 'b');
  return {
    size: size > 0 ? size : undefined,
    isBold: bold === undefined ? undefined : isOn(attributeOf(bold, 'val')),
  };
}

function set({ size, isBold }: TextLook): TextLook {
  return { ...(size !== undefined && { size }), ...(isBold !== undefined && { isBold }) };
}

function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent === undefined ? undefined : childElements(parent, name)[0];
}

function valueOf(parent: XmlElement | undefined, name: string): string | undefined {
  const element = child(parent, name);
  return element === undefined ? undefined : attributeOf(element, 'val');
}
