import { Parser } from 'htmlparser2';
import { isOn, overlay, type StyleLooks, type TextLook } from './docx-looks.ts';

/** A paragraph of a Word document's body, as it looks. */
export interface DocxParagraph {
  text: string;
  styleId: string | undefined;
  /** In half points: that of its smallest words. */
  size: number;
  /** All of its words are. */
  isBold: boolean;
  /** It is an item of a list without numbers, or in a cell or a box. */
  isApart: boolean;
  /** Where its properties begin, behind their start tag, or where they would. */
  at: number;
  hasProperties: boolean;
}

interface Open extends DocxParagraph {
  look: TextLook;
  runLook: TextLook;
  isListed: boolean;
  hasNumber: boolean;
}

/** What holds paragraphs that are not the body's own; a paragraph in a paragraph is one of a box. */
const holders = new Set(['w:tbl', 'w:txbxContent', 'w:footnote', 'w:comment', 'w:p']);
/** Marks the run that a number was written in, which is no part of how the paragraph is set. */
export const NUMBER_MARK = 'w:shownNumber="1"';

/** Paragraphs with text, in order; those of cells and boxes too, as apart. */
export function listDocxParagraphs(documentXml: string, styles: StyleLooks): DocxParagraph[] {
  const found: DocxParagraph[] = [];
  const names: string[] = [];
  let holdersOpen = 0;
  const open: Open[] = [];
  const usual = styles.lookOf(undefined);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const paragraph = open.at(-1);
        if (name === 'w:p') {
          const look = usual;
          open.push({ ...empty, isApart: holdersOpen > 0, at: parser.endIndex + 1, look, runLook: look });
        } else if (paragraph !== undefined)
          take(paragraph, name, attributes, { names, styles, end: parser.endIndex + 1 });
        names.push(name);
        if (holders.has(name)) holdersOpen += 1;
      },
      ontext: (text) => {
        const paragraph = open.at(-1);
        if (paragraph !== undefined && names.at(-1) === 'w:t') addText(paragraph, text);
      },
      onclosetag: (name) => {
        names.pop();
        if (holders.has(name)) holdersOpen -= 1;
        const paragraph = name === 'w:p' ? open.pop() : undefined;
        if (paragraph !== undefined && paragraph.text.trim() !== '') found.push(closed(paragraph));
      },
    },
    { xmlMode: true },
  );
  parser.end(documentXml);
  return found;
}

const empty = {
  text: '',
  styleId: undefined,
  size: Number.POSITIVE_INFINITY,
  isBold: true,
  hasProperties: false,
  isListed: false,
  hasNumber: false,
};

interface Place {
  names: readonly string[];
  styles: StyleLooks;
  /** Behind the tag. */
  end: number;
}

function take(paragraph: Open, name: string, attributes: Record<string, string>, { names, styles, end }: Place): void {
  const parent = names.at(-1);
  const value = attributes['w:val'];
  if (name === 'w:pPr' && parent === 'w:p') {
    paragraph.hasProperties = true;
    paragraph.at = end;
  } else if (parent === 'w:pPr' && names.at(-2) === 'w:p') {
    if (name === 'w:numPr') paragraph.isListed = true;
    if (name !== 'w:pStyle') return;
    paragraph.styleId = value;
    paragraph.look = overlay(paragraph.look, styles.lookOf(value ?? ''));
  } else if (name === 'w:r') {
    paragraph.runLook = paragraph.look;
    if ('w:shownNumber' in attributes) paragraph.hasNumber = true;
  } else if (parent === 'w:rPr' && names.at(-2) === 'w:r') {
    paragraph.runLook = overlay(paragraph.runLook, lookOf(name, value, styles));
  } else if (name === 'w:tab' && parent === 'w:r') paragraph.text += '\t';
  else if (name === 'w:br') paragraph.text += '\n';
}

function lookOf(name: string, value: string | undefined, styles: StyleLooks): TextLook {
  if (name === 'w:rStyle') return styles.lookOf(value ?? '');
  if (name === 'w:sz' && Number(value) > 0) return { size: Number(value) };
  return name === 'w:b' ? { isBold: isOn(value) } : {};
}

function addText(paragraph: Open, text: string): void {
  const isNumber = paragraph.hasNumber && paragraph.text === '';
  paragraph.text += text;
  if (isNumber || text.trim() === '') return;
  paragraph.size = Math.min(paragraph.size, paragraph.runLook.size ?? paragraph.size);
  paragraph.isBold &&= paragraph.runLook.isBold === true;
}

function closed({ text, styleId, size, isBold, isApart, at, hasProperties, isListed, hasNumber }: Open): DocxParagraph {
  return { text: text.trim(), styleId, size, isBold, isApart: isApart || (isListed && !hasNumber), at, hasProperties };
}
