import type { CanonicalText } from '../canonical-text.ts';

/** What is said above a message, in the order in which it is told. */
export interface MessageHeader {
  From: string | undefined;
  To: string | undefined;
  Cc: string | undefined;
  Date: string | undefined;
  Subject: string | undefined;
}

export function addMessageHeader(canonical: CanonicalText, header: MessageHeader): void {
  const lines = Object.entries(header).flatMap(([name, value]) => {
    return typeof value === 'string' && value.trim() !== '' ? `${name}: ${value}` : [];
  });
  canonical.add({ kind: 'paragraph', text: lines.join('\n') });
}

export function nameCorrespondent(name: string, address: string | undefined): string {
  if (address === undefined || address === '' || address === name) return name;
  return name === '' ? address : `${name} <${address}>`;
}

/** Adds the plain text of a message; what is quoted of others is marked. */
export function addMessageText(canonical: CanonicalText, text: string): void {
  for (const paragraph of text.replace(/\r\n?/g, '\n').split(/\n[^\S\n]*\n/)) {
    const isQuote = paragraph.split('\n').every((line) => /^\s*(?:>|$)/.test(line));
    canonical.add({ kind: isQuote ? 'quote' : 'paragraph', text: paragraph });
  }
}
