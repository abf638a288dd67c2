import type { CanonicalText } from '../canonical-text.ts';
import { addTable } from './add-rows.ts';

/** How the paragraph that is being read will be added. */
export interface RtfParagraph {
  isInTable: boolean;
  isListItem: boolean;
  headingLevel: number | undefined;
}

/** Programs without lists write their marks, a tab behind them; a number says which item it is. */
const drawnBullet = /^\s*(?:[•◦▪‣·–-]|(\(?(?:\d{1,3}|[a-z])[.)]))\t/;

/** Collects paragraphs and the cells of tables; a table ends with the first paragraph outside of it. */
export class RtfBlocks {
  #canonical: CanonicalText;
  #cells: string[] = [];
  #cell = '';
  #rows: string[][] = [];

  constructor(canonical: CanonicalText) {
    this.#canonical = canonical;
  }

  endParagraph(text: string, paragraph: RtfParagraph): void {
    if (paragraph.isInTable) {
      this.#cell += `${text} `;
      return;
    }
    if (text.trim() === '') return;
    this.endTable();
    const { headingLevel } = paragraph;
    const bulleted = paragraph.isListItem || headingLevel !== undefined ? null : drawnBullet.exec(text);
    if (bulleted !== null)
      this.#canonical.add({ kind: 'list-item', text: `${bulleted[1] ?? ''} ${text.slice(bulleted[0].length)}` });
    else if (headingLevel !== undefined) this.#canonical.add({ kind: 'heading', level: headingLevel, text });
    else this.#canonical.add({ kind: paragraph.isListItem ? 'list-item' : 'paragraph', text });
  }

  endCell(text: string): void {
    this.#cells.push((this.#cell + text).trim());
    this.#cell = '';
  }

  endRow(): void {
    if (this.#cells.length > 0) this.#rows.push(this.#cells);
    this.#cells = [];
  }

  endTable(): void {
    this.endRow();
    addTable(this.#canonical, this.#rows);
    this.#rows = [];
  }
}
