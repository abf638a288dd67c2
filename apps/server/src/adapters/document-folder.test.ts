import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@twin/core/app-error';
import { chunkDocument } from '@twin/core/documents/chunk-document';
import type { Block, ParsedDocument } from '@twin/core/documents/parsed-document';
import { readLimits } from '@twin/core/documents/read-limits';
import { describe, expect, test } from 'vitest';
import { createDocumentReader } from './document-reader.ts';

interface Readable {
  contains: string[];
  warns?: string[];
  title?: string;
  /** Blocks that must be there: `kind`, the level of a heading, `p` and the page or `in` and the part, then how its text begins. */
  blocks?: string[];
  /** They stand in this order. */
  inOrder?: true;
}

/** What each file of the folder must yield: text by content, or the reason it is refused. */
const expectations: Record<string, Readable | { reason: string }> = {
  'list-items.pdf': {
    contains: ['looks at the role of the design team in detail'],
    blocks: ['list-item p1: What are product types?', 'list-item p1: The role of the design team'],
  },
  'embedded-link.pdf': {
    contains: [
      'This is the link (https://github.com/Unstructured-IO/unstructured).',
      'This is the email (mailto:unstructuredai@earlygrowth.com).',
      'This is the phone number (tel:6505124019).',
      'broken list item group capturing (http://www.apple.com/)?',
    ],
  },
  'headers.pdf': {
    contains: ['I Am A Header', 'Here is a lovely sentences.', 'I Am A Footer'],
    blocks: [
      'paragraph p1: I Am A Header',
      'heading1 p1: Title',
      'paragraph p1: Here is',
      'paragraph p1: I Am A Footer',
    ],
    inOrder: true,
  },
  'table-merged-cells.pdf': { contains: ['Low Vision', '98.3% n=2', '1416 sec, n=3'] },
  'scan-with-ocr-layer.pdf': { contains: ['keep you posted'] },
  'image-only.pdf': {
    contains: ['Lorem ipsum dolor sit amet, consectetur adipiscing elit.', 'Sed posuere sit amet lacus sed pharetra.'],
    warns: ['Page 1 was read by text recognition (OCR), which may misread.'],
  },
  'password-user.pdf': { reason: 'password-required' },
  'rc4-user-password.pdf': { reason: 'password-required' },
  'copy-protected.pdf': { contains: ['A Unified Toolkit for Deep Learning', 'makes it difficult for research teams'] },
  'memo-duplicate-page.pdf': { contains: ['20,000 bottles of water, 10,000 blankets, and 200 laptops'] },
  'rotated-90.pdf': { contains: ['Hello World Test Text', 'Rotated page fixture'] },
  'aes256-owner-only.pdf': { contains: ['pdf encryption test'] },
  'multilang.pdf': { contains: ['مرحبا بالعالم', 'Привет, мир', '你好世界', 'こんにちは世界'] },
  'with-attachment.pdf': {
    contains: ['The Crazy Ones', 'The round pegs in the square holes.'],
    warns: ['“jpeg.pdf” is attached to this file.'],
  },
  'form-fields.pdf': { contains: ['Example for a Form', 'First Name: Alice'] },
  'outline-bookmarks.pdf': {
    contains: ['Hello, here is some text without a meaning.'],
    blocks: ['heading1 p1: Contents', 'heading1 p2: 1 Foo', 'heading1 p3: 5 Bar', 'paragraph p1: 1 Foo 2'],
  },
  'tiny-malformed.pdf': { contains: ['test example'] },
  'truncated.pdf': { reason: 'corrupt' },
  'zero.pdf': { reason: 'empty' },
  'test.docx': {
    contains: ['AutoGen: Enabling Next-Gen LLM Applications via Multi-Agent Conversation', '| 1 | 2 | 3 | 4 | 5 | 6 |'],
  },
  'handbook-1p.docx': {
    contains: ['The Handbook, issued as part of our duties under 28 U.S.C. § 586, establishes or clarifies'],
    title: 'CHAPTER 1',
    blocks: [
      'heading1: CHAPTER 1',
      'heading1: INTRODUCTION',
      'heading2: CHAPTER 1 – INTRODUCTION',
      'heading2: A. PURPOSE',
      'paragraph: The United States Trustee appoints and supervises standing trustees',
      'heading2: B. ROLE OF THE UNITED STATES TRUSTEE',
      'paragraph: The Bankruptcy Reform Act of 1978',
      'heading2: C. STATUTORY DUTIES OF A STANDING TRUSTEE',
      'paragraph: The standing trustee has a fiduciary responsibility',
      'paragraph: US Trustee Handbook',
    ],
    inOrder: true,
  },
  'tables.docx': {
    contains: ['| Header Col 1 | Header Col 2 |', '| Lorem ipsum | A link example (https://tabul.com/) |'],
  },
  'header-footer.docx': { contains: ['Main document', 'First header para', 'Last header para'] },
  'equations.docx': { contains: ['From Eq. 36.1.3,', '2.2×10^(-4)'] },
  'comments.docx': {
    contains: ['AutoGen: Enabling Next-Gen LLM Applications', 'This is a test comment. 12df-321a', '55yiyi-asd09'],
  },
  'truncated.docx': { reason: 'corrupt' },
  'wikipedia.html': { contains: ['Microsoft Corporation is an American multinational', '| ISIN | US5949181045 |'] },
  'blog.html': { contains: ['Just by tuning the inference parameters', 'Analysis and Discussion'] },
  'sec-10k-1p.html': { contains: ['Galaxy Gaming, Inc.', '| Item 1A. | Risk Factors | 9 |'] },
  'cp1252.html': { contains: ['El niño comió paella con ñoquis.', 'Der Preis betrug 15,50 €.'] },
  'codeblock.md': { contains: ['HTML Example', '<p>This is a simple HTML example.</p>'] },
  'latin1.md': { contains: ['können', 'äöüß'] },
  'utf16le.txt': { contains: ['This is a test document to use for unit tests.', 'Doylestown, PA 18901'] },
  'escaped.csv': { contains: ['| A | A | A | A,A | A |'] },
  'semicolon.csv': { contains: ['| Lorem, ipsum | dolor sit | amet |', '| ut labore | et, dolore | magna aliqua |'] },
  'readme.org': {
    contains: ['The sample docs directory contains the following files:'],
    blocks: ['heading1: Example Docs', 'list-item: example-10k.html - A 10-K', 'heading2: XBRL 10-K', 'code: curl -O'],
  },
  'notebook.ipynb': { contains: ['Test Notebook', 'print("markitdown")', '# comment in code\nprint(42)'] },
  'random.bin': { reason: 'unknown-type' },
  'archive.zip': { contains: ['stanley-cups.csv', '| Maple Leafs | TOR | 13 |', 'ideas-page.html'] },
  'legacy.xls': {
    contains: ['| Alpha | Beta | Gamma | Delta |', '| 58 | 6ff4173b-42a5-4784-9b19-f49caff4d93d | 22 | 9 |'],
    blocks: [
      'heading1 in Sheet1: Sheet1',
      'table in Sheet1: | Alpha | Beta | Gamma | Delta |',
      'heading1 in 09060124-b5e7-4717-9d07-3c046eb: 09060124-b5e7-4717-9d07-3c046eb',
      'table in 09060124-b5e7-4717-9d07-3c046eb: | ColA | ColB | ColC | ColD |',
    ],
    inOrder: true,
  },
  'password-protected.xlsx': { reason: 'password-required' },
  'two-sheets.xlsx': {
    contains: ['| Maple Leafs | TOR | 0 |'],
    blocks: [
      'table in Stanley Cups: | Team | Location | Stanley Cups |',
      'table in Stanley Cups Since 67: | Team | Location | Stanley Cups |',
    ],
  },
  'subtables.xlsx': {
    contains: ['| c | d |\n| --- | --- |\n| e | f |\n| g | |\n| h | |'],
    blocks: ['heading1 in Sheet1: Sheet1', 'table in Sheet1: | a | b | |', 'paragraph in Sheet1: a'],
  },
  'empty.xlsx': { reason: 'empty' },
  'test.pptx': {
    contains: [
      'AutoGen: Enabling Next-Gen LLM Applications',
      '2cdda5c8-e50e-4db4-b5f0-9722a649f455',
      '| Category | Series 1 |',
      'When describing this image, be sure to mention the string "5bda1dd6"',
    ],
  },
  'simple.odt': {
    contains: ['Parrots', 'This is my first thought. This is my second thought.', 'DOYLESTOWN, PA 18901'],
  },
  'small.epub': {
    contains: ['This is a test paragraph with some formatting.'],
    title: 'Test EPUB Document',
    blocks: ['heading1: Chapter 1: Test Content', 'list-item: A bullet point', 'quote: This is a blockquote'],
  },
  'test.rtf': { contains: ['This is a Sample RTF File', 'It is included to test'] },
  'email-attachment.eml': {
    contains: ['Subject: Fake email with attachment', 'Lots of whitespace', 'Hey this is a fake attachment!'],
  },
};

/** What is behind the passwords that are known. */
const unlocked = [
  { fileName: 'password-user.pdf', password: 'password', contains: 'File with password' },
  { fileName: 'rc4-user-password.pdf', password: 'asdfzxcv', contains: 'pdf encryption test' },
];

const folder = process.env['DIGITAL_TWIN_TEST_DOCUMENTS'];
const present = folder === undefined ? [] : readdirSync(folder).filter((fileName) => fileName !== 'LIST.md');
const readable = present.flatMap((fileName) => {
  const expected = expectations[fileName];
  return expected !== undefined && 'contains' in expected ? [{ fileName, ...expected }] : [];
});
const refused = present.flatMap((fileName) => {
  const expected = expectations[fileName];
  return expected !== undefined && 'reason' in expected ? [{ fileName, ...expected }] : [];
});

const reader = createDocumentReader();

/** As an upload is read: in sandboxes of its own. */
function read(fileName: string, password?: string) {
  const path = join(folder ?? '', fileName);
  const file = {
    fileName,
    mediaType: null,
    byteSize: statSync(path).size,
    content: () => createReadStream(path),
    password,
  };
  return reader.read(file, { limits: readLimits, signal: new AbortController().signal });
}

function describeBlock(text: string, { kind, level, page, part, start, end }: Block): string {
  const place = page === undefined ? '' : ` p${page}`;
  const holder = part === undefined ? '' : ` in ${part}`;
  return `${kind}${level ?? ''}${place}${holder}: ${text.slice(start, end)}`;
}

/** What of a PDF's own text is on none of its pages, and whether its first block has no place there. */
function misplaced({ blocks, pageCount }: Pick<ParsedDocument, 'blocks' | 'pageCount'>): unknown[] {
  const own = blocks.filter(({ part }) => part === undefined);
  const isOnPage = ({ page }: Block) => page !== undefined && page >= 1 && page <= (pageCount ?? 0);
  const width = own[0]?.boxes?.[0]?.width ?? 0;
  return [...own.filter((block) => !isOnPage(block)), ...(width > 0 ? [] : ['no box'])];
}

describe.skipIf(folder === undefined)('a folder of real documents, sound and broken', () => {
  test('every file that is expected is there, and no other', () => {
    expect(present.toSorted()).toEqual(Object.keys(expectations).toSorted());
  });

  test.each(readable)(
    '$fileName is read',
    async ({ fileName, contains, warns = [], title, blocks = [], inOrder }) => {
      const parsed = await read(fileName);
      for (const content of contains) expect(parsed.canonicalText).toContain(content);
      expect(parsed.warnings).toEqual(expect.arrayContaining(warns));
      expect(title ?? parsed.title).toBe(parsed.title);
      const described = parsed.blocks.map((block) => describeBlock(parsed.canonicalText, block));
      for (const block of blocks)
        expect(described.some((line) => line.startsWith(block)) ? block : described).toBe(block);
      const places = blocks.map((block) => described.findIndex((line) => line.startsWith(block)));
      expect(inOrder ? places : []).toEqual(inOrder ? places.toSorted((one, other) => one - other) : []);
      expect(fileName.endsWith('.pdf') ? misplaced(parsed) : []).toEqual([]);
      for (const chunk of chunkDocument(parsed)) {
        expect(chunk.content).toBe(parsed.canonicalText.slice(chunk.startOffset, chunk.endOffset));
      }
    },
    120_000,
  );

  test.each(refused)('$fileName is refused: $reason', async ({ fileName, reason }) => {
    const error: unknown = await read(fileName).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ reason });
  });

  test.each(unlocked)('$fileName opens with its password', async ({ fileName, password, contains }) => {
    expect((await read(fileName, password)).canonicalText).toContain(contains);
  });
});
