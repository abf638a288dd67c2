import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { charsetOfCodePage } from './code-pages.ts';
import { withAddress } from './link-address.ts';
import type { ParserInput } from './parser-input.ts';
import { RtfBlocks, type RtfParagraph } from './rtf-blocks.ts';
import { addressOfField, charsetOfFont, destinationOf, namedCharacters, type RtfGroup } from './rtf-groups.ts';
import { type RtfToken, readRtfTokens } from './rtf-tokens.ts';

/** Deeper groups are no writer's: their text is still read, as part of the deepest one. */
const GROUPS_MAX = 1_000;
const plainParagraph: RtfParagraph = { isInTable: false, isListItem: false, headingLevel: undefined };

/** Reads Rich Text Format: paragraphs, headings by their style or outline level, lists and tables, in any code page. */
export function parseRtf(input: ParserInput): ParsedDocument {
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const reader = new RtfReader(new RtfBlocks(canonical));
  for (const token of readRtfTokens(Buffer.from(input.bytes).toString('latin1'))) reader.take(token);
  reader.end();
  return {
    ...canonical.finish(),
    title: reader.title.trim() || null,
    mediaType: 'application/rtf',
    pageCount: null,
    warnings: reader.hasPictures ? ['Text inside pictures was not read.'] : [],
  };
}

class RtfReader {
  title = '';
  hasPictures = false;
  #blocks: RtfBlocks;
  #groups: RtfGroup[] = [];
  #group: RtfGroup = { destination: 'body', charset: 'windows-1252', skipCount: 1, isHidden: false };
  #paragraph = plainParagraph;
  /** In pieces, so that a link of a long paragraph costs no more than its own. */
  #text: string[] = [];
  #boxText = '';
  #runningText = '';
  /** Lines of page headers and footers, each distinct one once. */
  #running = new Set<string>();
  #bytes: number[] = [];
  /** What the field that was read last is told to do. */
  #instruction = '';
  #toSkip = 0;
  /** Whether nothing of the group has been seen but its opening. */
  #isOpening = false;
  #defaultCharset = 'windows-1252';
  #fontCharsets = new Map<number, string>();
  #styleLevels = new Map<number, number>();
  /** The font or style that its table is describing. */
  #described = 0;
  #styleName = '';

  constructor(blocks: RtfBlocks) {
    this.#blocks = blocks;
  }

  take(token: RtfToken): void {
    if (token.type === 'byte') {
      if (this.#toSkip > 0) this.#toSkip -= 1;
      else this.#bytes.push(token.value);
      return;
    }
    this.#flushBytes();
    if (token.type === 'word') this.#takeWord(token.name, token.value);
    else if (token.type === 'symbol') this.#takeSymbol(token.character);
    else if (token.type === 'open') {
      if (this.#groups.length < GROUPS_MAX) this.#groups.push(this.#group);
      this.#group = { ...this.#group, link: undefined };
    } else this.#close();
    this.#isOpening = token.type === 'open';
    if (token.type !== 'word') this.#toSkip = 0;
  }

  end(): void {
    this.#flushBytes();
    this.#endParagraph();
    this.#blocks.endTable();
    for (const text of this.#running) this.#blocks.endParagraph(text, plainParagraph);
  }

  #close(): void {
    const { destination, link } = this.#group;
    this.#group = this.#groups.pop() ?? this.#group;
    if (link !== undefined) this.#endLink(link);
    if (destination !== 'running' || this.#group.destination === 'running') return;
    for (const line of this.#runningText.split('\n')) if (line.trim() !== '') this.#running.add(line.trim());
    this.#runningText = '';
  }

  #startLink(): void {
    const address = this.#group.destination === 'body' ? addressOfField(this.#instruction) : undefined;
    this.#instruction = '';
    if (address !== undefined) this.#group.link = { address, text: this.#text, start: this.#text.length };
  }

  /** A link that shows several paragraphs leads somewhere as a whole, and headings name passages. */
  #endLink({ address, text, start }: NonNullable<RtfGroup['link']>): void {
    if (this.#paragraph.headingLevel !== undefined || (this.#text !== text && start > 0)) return;
    this.#text.push(withAddress(this.#text.splice(start).join(''), address));
  }

  #takeSymbol(character: string): void {
    // Some writers put a star in the middle of a group, where it says nothing of the text.
    if (character === '*' && this.#isOpening) this.#group.destination = 'unseen';
    else if (character === '~') this.#add('\u00a0');
    else if (character === '_') this.#add('-');
    else if (character === '\n' || character === '\r') this.#endParagraph();
    else if (character === '\\' || character === '{' || character === '}') this.#add(character);
  }

  #takeWord(name: string, value: number | undefined): void {
    const character = namedCharacters.get(name);
    if (character !== undefined) this.#add(character);
    else if (name === 'u') {
      this.#add(String.fromCharCode((value ?? 0x3f) & 0xffff));
      this.#toSkip = this.#group.skipCount;
    } else if (this.#group.destination === 'body') this.#takeBodyWord(name, value);
    else if (this.#group.destination === 'text-box') this.#takeBoxWord(name, value);
    else if (this.#group.destination === 'running') this.#takeRunningWord(name, value);
    else this.#takeTableWord(name, value);
    if (name === 'fldinst') this.#instruction = '';
    else if (name === 'fldrslt') this.#startLink();
    else if (name === 'uc') this.#group.skipCount = Math.min(8, Math.max(0, value ?? 1));
    else if (name === 'ansicpg') this.#setDefaultCharset(charsetOfCodePage(value ?? 0));
    else if (name === 'mac') this.#setDefaultCharset('macintosh');
    if (name === 'pict') this.hasPictures = true;
    const destination = destinationOf(name);
    // The title is inside of `info`, which is otherwise not shown.
    if (destination !== undefined) this.#group.destination = destination;
  }

  #takeBodyWord(name: string, value: number | undefined): void {
    if (name === 'par' || name === 'sect' || name === 'page') this.#endParagraph();
    else if (name === 'pard') this.#paragraph = plainParagraph;
    else if (name === 'intbl') this.#paragraph = { ...this.#paragraph, isInTable: true };
    else if (name === 'ls') this.#paragraph = { ...this.#paragraph, isListItem: true };
    else if (name === 's') this.#setHeading(this.#styleLevels.get(value ?? 0));
    else if (name === 'outlinelevel') this.#setHeading(value !== undefined && value < 6 ? value + 1 : undefined);
    else if (name === 'cell' || name === 'nestcell') this.#blocks.endCell(this.#takeText());
    else if (name === 'row' || name === 'nestrow') this.#blocks.endRow();
    else this.#setCharacters(name, value);
  }

  /** A text box stands anywhere in a paragraph; it is told after it. */
  #takeBoxWord(name: string, value: number | undefined): void {
    if (name === 'par' || name === 'cell' || name === 'row') this.#boxText += '\n';
    else this.#setCharacters(name, value);
  }

  #takeRunningWord(name: string, value: number | undefined): void {
    if (name === 'par' || name === 'cell' || name === 'row') this.#runningText += '\n';
    else this.#setCharacters(name, value);
  }

  #setCharacters(name: string, value: number | undefined): void {
    if (name === 'f') this.#group.charset = this.#fontCharsets.get(value ?? 0) ?? this.#defaultCharset;
    else if (name === 'plain') this.#group = { ...this.#group, isHidden: false, charset: this.#defaultCharset };
    // Deleted text stays in the file as long as its changes are tracked.
    else if (name === 'v' || name === 'deleted') this.#group.isHidden = value !== 0;
  }

  /** Words in the tables of fonts and styles, which say what their numbers mean. */
  #takeTableWord(name: string, value = 0): void {
    const { destination } = this.#group;
    if (destination === 'font-table' && name === 'f') this.#described = value;
    if (destination === 'font-table' && name === 'fcharset') {
      this.#fontCharsets.set(this.#described, charsetOfFont(value) ?? this.#defaultCharset);
    }
    if (destination !== 'style-sheet') return;
    if (name === 's') this.#described = value;
    if (name === 'outlinelevel' && value < 6) this.#styleLevels.set(this.#described, value + 1);
  }

  #setHeading(headingLevel: number | undefined): void {
    this.#paragraph = { ...this.#paragraph, headingLevel };
  }

  #setDefaultCharset(charset: string): void {
    this.#defaultCharset = charset;
    this.#group.charset = charset;
  }

  #flushBytes(): void {
    if (this.#bytes.length === 0) return;
    this.#add(new TextDecoder(this.#group.charset).decode(Uint8Array.from(this.#bytes)));
    this.#bytes = [];
  }

  #add(text: string): void {
    const { destination, isHidden } = this.#group;
    if (destination === 'body' && !isHidden) this.#text.push(text);
    else if (destination === 'text-box' && !isHidden) this.#boxText += text;
    else if (destination === 'running' && !isHidden) this.#runningText += text;
    else if (destination === 'title') this.title += text;
    else if (destination === 'field') this.#instruction += text;
    else if (destination === 'style-sheet') this.#nameStyle(text);
  }

  /** Word names its heading styles in English in every language, and not all writers give them outline levels. */
  #nameStyle(text: string): void {
    this.#styleName += text;
    if (!this.#styleName.endsWith(';')) return;
    const level = /^heading ([1-6]);$/i.exec(this.#styleName.trim())?.[1];
    if (level !== undefined) this.#styleLevels.set(this.#described, Number(level));
    this.#styleName = '';
    this.#described = 0;
  }

  #endParagraph(): void {
    this.#blocks.endParagraph(this.#takeText(), this.#paragraph);
    const boxText = this.#boxText;
    this.#boxText = '';
    if (boxText.trim() !== '')
      this.#blocks.endParagraph(boxText, { ...plainParagraph, isInTable: this.#paragraph.isInTable });
  }

  #takeText(): string {
    const text = this.#text.join('');
    this.#text = [];
    return text;
  }
}
