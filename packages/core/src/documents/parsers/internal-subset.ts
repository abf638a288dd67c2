/**
 * Markup without what its document type declares within itself: `<!DOCTYPE svg [ <!ENTITY … > ]>` becomes
 * `<!DOCTYPE svg >`. Those who read markup take the first `>` for its end. Entities declared there are never expanded, which
 * is how bombs are made: they stay as they are written. One of more than 4,000 characters is left.
 */
export function withoutInternalSubset(markup: string): string {
  return markup.replace(internalSubset, '$1');
}

/** Behind declarations and remarks, up to the first `]>`. */
const internalSubset =
  /^(\s{0,500}(?:<\?[^>]{0,500}>\s{0,500}|<!--[^>]{0,1000}-->\s{0,500})*<!doctype\s[^>[]{0,500})\[(?:[^\]]|\](?!\s{0,100}>)){0,4000}\]\s{0,100}(?=>)/i;
