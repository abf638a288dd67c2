import type { DocumentFormat } from './sniff-format.ts';
import { unsupported } from './unreadable.ts';

const markdownExtensions = ['md', 'markdown', 'mdown', 'mkd', 'mdx'];
const sourceCodeExtensions = `
    c cc cpp cs css dart ex go h hpp hs ipynb java js json jsonc jsx kt lua mjs php pl ps1 py r rb rs scala sh
    sql swift toml ts tsx vue xml yaml yml zig
  `
  .trim()
  .split(/\s+/);

/** Among plain texts, which have no signature, the name decides. */
const formats = new Map<string, DocumentFormat>([
  ...markdownExtensions.map((extension) => [extension, 'markdown'] as const),
  ...sourceCodeExtensions.map((extension) => [extension, 'source-code'] as const),
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
]);

/** @param start the first characters of the text, lower case. */
export function sniffText(start: string, fileName: string, mediaType: string | null): DocumentFormat {
  const extension = fileName.toLowerCase().split('.').at(-1) ?? '';
  if (extension === 'eml' || (/^[\w-]+: /.test(start) && /^mime-version: /m.test(start))) {
    throw unsupported(fileName, 'email');
  }
  if (/^(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype html|html)[\s>]/.test(start)) return 'html';
  if (mediaType?.startsWith('text/markdown')) return 'markdown';
  const format = formats.get(extension);
  if (format === 'markdown' || format === 'html') return format;
  if (mediaType?.startsWith('text/html') && start.includes('<')) return 'html';
  if (/<(?:head|body|article|div|p|h1)[\s>]/.test(start) && start.startsWith('<')) return 'html';
  return format ?? 'plain-text';
}
