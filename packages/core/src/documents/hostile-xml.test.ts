import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeDocx } from '@twin/testing/fixtures/docx';
import { makeEpub } from '@twin/testing/fixtures/epub';
import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { makePptx } from '@twin/testing/fixtures/pptx';
import { makeXlsx } from '@twin/testing/fixtures/xlsx';
import { processorMs } from '@twin/testing/processor-ms';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { readBytes } from '../testing/read-fixture.ts';

let folder: string;
let reached = 0;
const canary = 'canary-of-a-local-file';
const listener = createServer((socket) => {
  reached += 1;
  socket.destroy();
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-xml-'));
  await writeFile(join(folder, 'canary.txt'), canary);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => listener.close(resolve));
  await rm(folder, { recursive: true });
});

interface Attack {
  /** Before the root element. */
  prolog?: string;
  /** Instead of a text. */
  content: string;
}

/** Of a file of ours, and of an address at which we listen. */
function attacksOn(file: string, address: string): Record<string, Attack> {
  const declare = (declarations: string) => `<!DOCTYPE root [${declarations}]>`;
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  return {
    'a billion laughs': { prolog: declare(`<!ENTITY l0 "lol">${laughs}`), content: '&l9;' },
    'one long entity, used often': {
      prolog: declare(`<!ENTITY l0 "${'lol'.repeat(1_000)}">`),
      content: '&l0;'.repeat(50_000),
    },
    'entities in each other': { prolog: declare('<!ENTITY l0 "&l1;"><!ENTITY l1 "&l0;">'), content: '&l0;' },
    'an external entity of a file': { prolog: declare(`<!ENTITY x SYSTEM "${file}">`), content: '&x;' },
    'an external entity of an address': { prolog: declare(`<!ENTITY x SYSTEM "${address}">`), content: '&x;' },
    'an external document type': { prolog: `<!DOCTYPE root SYSTEM "${address}">`, content: '&x;' },
    'a parameter entity': { prolog: declare(`<!ENTITY % p SYSTEM "${address}"> %p; %q;`), content: '&x;' },
    'a declaration without an end': { prolog: `<!DOCTYPE root [${'<!ENTITY a "b">'.repeat(20_000)}`, content: '&a;' },
    'XInclude of a file': {
      content: `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${file}" parse="text"/>`,
    },
    'XInclude of an address': { content: `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${address}"/>` },
    'a stylesheet of an address': { prolog: `<?xml-stylesheet type="text/xsl" href="${address}"?>`, content: 'x' },
    'XSLT that reads a file': {
      content: `<xsl:copy-of xmlns:xsl="http://www.w3.org/1999/XSL/Transform" select="document('${file}')"/>`,
    },
  };
}

/** Puts an attack into the part of an archive that says `Hole`. */
function inHole(archive: Uint8Array, { prolog = '', content }: Attack): Uint8Array {
  const parts = unzipSync(archive);
  const [path = '', bytes = new Uint8Array()] =
    Object.entries(parts).find(([, part]) => strFromU8(part).includes('Hole')) ?? [];
  const root = strFromU8(bytes).replace(/^(?:<[?!][^>]*>)+/, '');
  return zipSync({ ...parts, [path]: strToU8(prolog + root.replace('Hole', () => content)) });
}

const hole = [{ paragraph: 'Hole' }, { paragraph: 'The lamp.' }];
const files: Record<string, (attack: Attack) => Uint8Array | string> = {
  'body.docx': (attack) => inHole(makeDocx(hole), attack),
  'title.docx': (attack) => inHole(makeDocx(hole.slice(1), { title: 'Hole' }), attack),
  'slide.pptx': (attack) => inHole(makePptx([{ title: 'Hole', items: ['The lamp.'] }]), attack),
  'sheet.xlsx': (attack) => inHole(makeXlsx([{ name: 'Lamps', rows: [['Hole', 'The lamp.']] }]), attack),
  'text.odt': (attack) => inHole(makeOpenDocument('text', '<text:p>Hole</text:p><text:p>The lamp.</text:p>'), attack),
  'letter.fodt': ({ prolog = '', content }) =>
    `${prolog}<office:document office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>${content}</text:p><text:p>The lamp.</text:p></office:text></office:body></office:document>`,
  'drawing.svg': ({ prolog = '', content }) => `${prolog}<svg><text>${content}</text><text>The lamp.</text></svg>`,
  'drawing.html': ({ prolog = '', content }) =>
    `<!doctype html><p>The lamp.</p>${prolog}<svg><text>${content}</text></svg>`,
  'page.xhtml': ({ prolog = '', content }) => `${prolog}<html><body><p>${content}</p><p>The lamp.</p></body></html>`,
  'news.rss': ({ prolog = '', content }) =>
    `${prolog}<rss><channel><title>News</title><item><title>${content}</title><description>The lamp.</description></item></channel></rss>`,
  'book.fb2': ({ prolog = '', content }) =>
    `${prolog}<FictionBook><body><section><p>${content}</p><p>The lamp.</p></section></body></FictionBook>`,
  'paper.xml': ({ prolog = '', content }) =>
    `${prolog}<article article-type="research-article"><front/><body><sec><title>${content}</title><p>The lamp.</p></sec></body></article>`,
  'book.epub': (attack) => inHole(makeEpub('Lamps', [{ label: 'One', html: '<p>Hole</p><p>The lamp.</p>' }]), attack),
};

test.each(Object.entries(files))('%s opens no file and no address, and expands nothing', async (fileName, make) => {
  const { port } = listener.address() as AddressInfo;
  const attacks = attacksOn(pathToFileURL(join(folder, 'canary.txt')).href, `http://127.0.0.1:${port}/x`);
  for (const [name, attack] of Object.entries(attacks)) {
    const bytes = make(attack);
    let outcome = '';
    const ms = await processorMs(async () => {
      outcome = await readBytes(fileName, bytes).then(({ canonicalText }) => canonicalText, reasonOf);
    });
    const lengthMax = attack.content.length + (attack.prolog?.length ?? 0) + 1_000;
    const isFound = outcome.includes(canary);
    expect({ name, isFound, isSlow: ms > 3_000, isExpanded: outcome.length > lengthMax }).toEqual({
      name,
      isFound: false,
      isSlow: false,
      isExpanded: false,
    });
  }
  expect(reached).toBe(0);
});

function reasonOf(error: unknown): string {
  if (error instanceof AppError && error.reason !== undefined) return error.reason;
  throw error;
}
