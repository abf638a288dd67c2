import { DomHandler, Parser, type ParserOptions } from 'htmlparser2';
import type { HtmlNode } from './html-node.ts';

/** As deep as browsers build a page. What is deeper stands beside what it is in: a tag that nobody closes puts all that follows into it. */
export const DEPTH_MAX = 512;

/** How deep all elements of a page are together, where what tells its main part still takes seconds: it looks at each from all that it is in. */
export const DEPTHS_MAX = 1_000_000;

/** What these hold is no text of the page, and is kept in them. */
const rawTags = new Set('iframe noembed noframes noscript script style svg template textarea title xmp'.split(' '));

/** The nodes of a piece of markup, none of them deeper than walking through them can bear. */
export function parseShallow(markup: string, options: ParserOptions = {}): HtmlNode[] {
  return parse(markup, options).nodes;
}

/**
 * Whether a page is deeper than browsers build it, or has so many deep elements that looking for its main part would take minutes.
 * Told before the tree is built in which that is looked for: what is so deep takes minutes to build as well.
 */
export function isTooDeep(html: string): boolean {
  return parse(html, {}).isTooDeep;
}

function parse(markup: string, options: ParserOptions): { nodes: HtmlNode[]; isTooDeep: boolean } {
  const handler = new ShallowHandler();
  const parser = new ShallowParser(handler, options);
  handler.onOpened = (name) => parser.closeIfDeep(name);
  parser.end(markup);
  return { nodes: handler.root.children, isTooDeep: parser.isTooDeep };
}

class ShallowHandler extends DomHandler {
  onOpened: (name: string) => void = () => undefined;

  override onopentag(name: string, attribs: Record<string, string>): void {
    super.onopentag(name, attribs);
    this.onOpened(name);
  }
}

class ShallowParser extends Parser {
  isTooDeep = false;
  #depths = 0;
  /** How many elements of a name were closed before the markup closes them. */
  #closed = new Map<string, number>();

  closeIfDeep(name: string): void {
    const { length, 0: innermost } = this['stack'];
    this.#depths += length;
    if (this.#depths > DEPTHS_MAX) this.isTooDeep = true;
    if (length <= DEPTH_MAX || innermost !== name) return;
    if (rawTags.has(name) && length <= DEPTH_MAX + rawTags.size) return;
    this.isTooDeep = true;
    this['popElement'](true);
    this.#closed.set(name, (this.#closed.get(name) ?? 0) + 1);
  }

  override onclosetag(start: number, endIndex: number): void {
    if (this.#closed.size > 0) {
      if (this['stack'].length < DEPTH_MAX) this.#closed.clear();
      const name = this['readTagName'](start, endIndex);
      const count = this.#closed.get(name) ?? 0;
      if (count > 0) {
        this.#closed.set(name, count - 1);
        this.endIndex = endIndex;
        this.startIndex = endIndex + 1;
        return;
      }
    }
    super.onclosetag(start, endIndex);
  }
}
