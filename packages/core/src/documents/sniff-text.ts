import { mailSeparator } from './parsers/mail-separator.ts';
import { languageOf } from './parsers/source-language.ts';
import type { DocumentFormat } from './sniff-format.ts';

/** Among plain texts, which have no signature, the name decides. */
const formats = new Map<string, DocumentFormat>([
  ['adoc', 'asciidoc'],
  ['asciidoc', 'asciidoc'],
  ['csv', 'csv'],
  ['eml', 'email'],
  ['emlx', 'email'],
  ['htm', 'html'],
  ['html', 'html'],
  ['ipynb', 'notebook'],
  ['json', 'json'],
  ['jsonl', 'json-lines'],
  ['latex', 'latex'],
  ['markdown', 'markdown'],
  ['md', 'markdown'],
  ['mdown', 'markdown'],
  ['mdx', 'markdown'],
  ['mkd', 'markdown'],
  ['ndjson', 'json-lines'],
  ['org', 'org'],
  ['rst', 'rst'],
  ['tab', 'csv'],
  ['tex', 'latex'],
  ['tsv', 'csv'],
  ['xhtml', 'html'],
]);

/** What shows by its first words, whatever its name. */
const starts: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/^begin:(?:vcard|vcalendar)\r?\n/, 'contacts-and-events'],
  [/^webvtt(?:[ \t].*)?\r?\n/, 'subtitles'],
  [/^\d{1,6}\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3} +--> /, 'subtitles'],
  [/^(?:%.*\r?\n|\s)*\\documentclass\b/, 'latex'],
  [rootOf('fictionbook'), 'fiction-book'],
  [rootOf(String.raw`article(?=\s[^>]{0,2000}\b(?:article-type|dtd-version)=)`), 'journal-article'],
  [rootOf('rss|feed|en-export|rdf:rdf'), 'feed'],
  [rootOf('office:document'), 'flat-open-document'],
  [rootOf('svg'), 'svg'],
];

/** XML whose root is of that name, behind declarations and remarks. */
function rootOf(names: string): RegExp {
  return new RegExp(
    String.raw`^(?:<\?[^>]{0,500}>\s*|<!--[^>]{0,1000}-->\s*|<!doctype [^>]{0,500}>\s*)*<(?:${names})[\s>]`,
  );
}

const htmlStart = /^(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype html|html)[\s>]/;
const mailHeader = /^(?:mime-version|message-id|received|return-path|delivered-to|x-mailer): /m;

/** @param start the first characters of the text. */
export function sniffText(start: string, fileName: string, mediaType: string | null): DocumentFormat {
  // Pages that Sphinx made keep their sources as `page.rst.txt`.
  const extension =
    fileName
      .toLowerCase()
      .replace(/\.rst\.txt$/, '.rst')
      .split('.')
      .at(-1) ?? '';
  const text = start.trimStart();
  const lower = text.toLowerCase();
  const named = formats.get(extension);
  const isMailbox = extension === 'mbox' || mailHeader.test(lower);
  if (extension !== 'eml' && mailSeparator.test(text) && isMailbox) return 'mailbox';
  if (named === 'email' || (/^(?:\d{1,10}\s*\n)?(?:from |[\w-]+: )/.test(lower) && mailHeader.test(lower)))
    return 'email';
  if (htmlStart.test(lower)) return 'html';
  const shown = starts.find(([sign]) => sign.test(lower));
  if (shown !== undefined) return shown[1];
  if (named !== undefined) return named;
  const language = languageOf(fileName, start);
  if (language !== undefined) return 'source-code';
  if (mediaType?.startsWith('text/markdown')) return 'markdown';
  if (mediaType?.startsWith('text/csv') || mediaType?.startsWith('text/tab-separated-values')) return 'csv';
  if (mediaType?.startsWith('application/json')) return 'json';
  if (mediaType?.startsWith('text/html') && lower.includes('<')) return 'html';
  // An outline (OPML) has a head and a body as well, and its text in attributes, where HTML has none.
  const isMarkup = lower.startsWith('<') && !lower.includes('<opml');
  return isMarkup && /<(?:head|body|article|div|p|h1)[\s>]/.test(lower) ? 'html' : 'plain-text';
}
