import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { bracketedAddress } from '../bracketed-address.ts';
import { createCanonicalText } from '../canonical-text.ts';
import type { Block, ParsedDocument } from '../parsed-document.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { boxedTags, boxMark } from './html-node.ts';
import { withoutInternalSubset } from './internal-subset.ts';
import { isTooDeep } from './parse-shallow.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';
import { hasTooManyTags, isDeepTree } from './readable-tree.ts';

/**
 * A "readable part" smaller than this share of the page is a wrong guess, and a larger one than the other leaves so
 * little out that the whole page is kept.
 */
const READABLE_SHARE = { min: 0.35, max: 0.95 };

const googleDocument = /<body class="[^"]{0,200}\bdoc-content\b/;

/** Reads the readable part of a page, or all of it when the page has no clear main part. */
export function parseHtml(input: ParserInput): ParsedDocument {
  const html = withoutInternalSubset(decodeOrRefuse(input, declaredCharset(input.bytes)));
  const whole = toCanonicalText(input, html);
  // A document that Google Docs exported has nothing beside its text, and one that is no tree no part of its own.
  const article =
    googleDocument.test(html) || isTooDeep(html) || hasTooManyTags(html) ? undefined : readableArticle(html);
  const readable = article === undefined ? undefined : toCanonicalText(input, article.html);
  const share = shownCharacters(readable?.canonicalText ?? '') / Math.max(1, shownCharacters(whole.canonicalText));
  const leavesMenusOut = countMenuParts(html) > countMenuParts(article?.html ?? '');
  const isReadableBetter = leavesMenusOut && share >= READABLE_SHARE.min && share <= READABLE_SHARE.max;
  return {
    ...(readable !== undefined && isReadableBetter ? readable : whole),
    title: article?.title ?? headTitle(html),
    mediaType: 'text/html',
    pageCount: null,
    warnings: isReadableBetter
      ? [`Menus, footers and similar parts were left out; ${Math.round(100 * share)} % of the page's text was kept.`]
      : [],
  };
}

/** What menus, footers, forms and hidden parts are made of. What is left out without any of these is text. */
function countMenuParts(html: string): number {
  return (
    html.match(/<(?:a|aside|button|footer|form|header|iframe|input|nav)\b|\brole=|\bhidden\b|display:\s*none/gi)
      ?.length ?? 0
  );
}

/** How much a page shows. Addresses of links, of which menus are full, are no part of that. */
function shownCharacters(text: string): number {
  return text.replaceAll(bracketedAddress, '').length;
}

function toCanonicalText(input: ParserInput, html: string): { canonicalText: string; blocks: Block[] } {
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  addHtmlBlocks(canonical, html);
  return canonical.finish();
}

function readableArticle(html: string): { html: string; title: string | null } | undefined {
  try {
    const { document } = parseHTML(html);
    if (isDeepTree(document)) return undefined;
    // Readability takes all fields of forms away.
    for (const field of document.querySelectorAll(boxedTags.map((name) => `${name} input[type]`).join())) {
      const attribute = (name: string) => field.getAttribute(name) ?? undefined;
      const mark = boxMark({ type: attribute('type'), role: attribute('role'), checked: attribute('checked') });
      if (mark !== '') field.replaceWith(document.createTextNode(`${mark} `));
    }
    const article = new Readability(document, { classesToPreserve: ['inline-task-list', 'checked'] }).parse();
    if (article?.content == null) return undefined;
    const title = article.title?.trim() || null;
    // Readability takes the page's main heading out of the content when it equals the title.
    const isTitleInside = title === null || article.content.includes(`${title}</h`);
    return { html: isTitleInside ? article.content : `<h1>${escapeHtml(title)}</h1>${article.content}`, title };
  } catch {
    // Readability throws on some malformed trees; the page is then read whole.
    return undefined;
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function headTitle(html: string): string | null {
  return /<title(?:\s[^<>]{0,1000})?>([^<]*)<\/title>/i.exec(html)?.[1]?.replace(/\s+/g, ' ').trim() || null;
}

/** The charset a page declares in its first kilobytes, as browsers look for it. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1];
}
