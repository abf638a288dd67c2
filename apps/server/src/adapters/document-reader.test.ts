import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { AppError } from '@twin/core/app-error';
import { inProcessReader } from '@twin/core/documents/in-process-reader';
import type { ReadProgress } from '@twin/core/ports';
import { makeDocx } from '@twin/testing/fixtures/docx';
import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';
import { makeLongPdf, makePdf } from '@twin/testing/fixtures/pdf';
import { makePicture } from '@twin/testing/fixtures/picture';
import { makeZip } from '@twin/testing/fixtures/zip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocumentReader } from './document-reader.ts';

const limits = {
  durationMsMax: 60_000,
  memoryMbMax: 512,
  charactersMax: 10_000_000,
  tableCharactersMax: 10_000_000,
  partCharacters: 250_000,
  pagesMax: 1_000,
  recognisedPagesMax: 10,
  recognitionMsMax: 120_000,
};
const neverAborted = new AbortController().signal;
const projectFolder = join(import.meta.dirname, '../../../..');
let folder: string;

beforeAll(async () => {
  // Inside the project, because the sandbox may read nothing else.
  folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.sandbox-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* inParts(bytes: Uint8Array, partBytes = 64 * 1024) {
  for (let start = 0; start < bytes.length; start += partBytes) yield bytes.subarray(start, start + partBytes);
}

function file(fileName: string, bytes: Uint8Array | string) {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return { fileName, mediaType: null, byteSize: content.length, content: () => inParts(content) };
}

/** A sandbox that runs this program instead of reading. */
async function sandboxRunning(program: string) {
  const entry = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(entry, program);
  return createDocumentReader({ entry });
}

async function failure(reading: Promise<unknown>): Promise<AppError> {
  const error: unknown = await reading.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

test('a file is read in another process, page by page', async () => {
  const progress: ReadProgress[] = [];
  const parsed = await createDocumentReader().read(file('report.pdf', makeLongPdf(30)), {
    limits,
    signal: neverAborted,
    onProgress: (step) => progress.push(step),
  });
  expect(parsed.pageCount).toBe(30);
  expect(parsed.canonicalText).toContain('Line 40 of page 30 reports that station 1199 measured rain.');
  expect(progress.at(-1)).toEqual({ pagesRead: 30, pageCount: 30 });
});

test.each(listFixtureFiles().filter(({ expected }) => 'contains' in expected))(
  'the sandbox, with all it may not do, reads $fileName as this process does',
  async ({ fileName, bytes }) => {
    const options = { limits, signal: neverAborted };
    const steps: ReadProgress['recognition'][] = [];
    const onProgress = ({ recognition }: ReadProgress) => steps.push(recognition);
    const sandboxed = await createDocumentReader().read(file(fileName, bytes), { ...options, onProgress });
    expect(sandboxed).toEqual(await inProcessReader.read(file(fileName, bytes), options));
    // A page takes seconds to be recognised: it is told before the first one of how many.
    expect(steps.find(Boolean)?.pagesDone).toBe(sandboxed.pictures === undefined ? undefined : 0);
  },
);

test('a refusal in the sandbox arrives with its code, reason and message', async () => {
  const error = await failure(
    createDocumentReader().read(file('locked.pdf', makePdf([['x']], { password: 'open sesame' })), {
      limits,
      signal: neverAborted,
    }),
  );
  expect(error).toMatchObject({ code: 'unreadable-document', reason: 'password-required' });
  expect(error.message).toContain('“locked.pdf” is locked with a password.');
});

test('this process goes on with its work while a file is read, however busy the reading is', async () => {
  const reader = await sandboxRunning('for (;;);');
  const stopped = new AbortController();
  const reading = reader.read(file('endless.pdf', 'x'), { limits, signal: stopped.signal });
  for (let turn = 0; turn < 1_000; turn += 1) await nextTurn();
  stopped.abort();
  await expect(reading).rejects.toBeInstanceOf(Error);
});

test('a sandbox that takes too long is killed', async () => {
  const reader = await sandboxRunning('for (;;);');
  const error = await failure(
    reader.read(file('slow.pdf', 'x'), { limits: { ...limits, durationMsMax: 400 }, signal: neverAborted }),
  );
  expect(error).toMatchObject({ code: 'unreadable-document', reason: 'timed-out' });
});

test('a sandbox that fills its heap, or memory beside it, is stopped', async () => {
  const small = { ...limits, memoryMbMax: 96 };
  const heap = await sandboxRunning('const all = []; for (;;) all.push({ n: all.length, s: [all.length] });');
  expect(await failure(heap.read(file('heap.pdf', 'x'), { limits: small, signal: neverAborted }))).toMatchObject({
    reason: 'out-of-memory',
  });
});

test.runIf(process.platform === 'linux')('memory beside the heap counts too', async () => {
  const small = { ...limits, memoryMbMax: 96 };
  const buffers = await sandboxRunning(
    'const all = []; setInterval(() => all.length < 40 && all.push(Buffer.alloc(16e6, 1)), 10);',
  );
  expect(await failure(buffers.read(file('big.pdf', 'x'), { limits: small, signal: neverAborted }))).toMatchObject({
    reason: 'out-of-memory',
  });
});

/** A page whose content is a few kilobytes, deflated twice, of a quarter of a gigabyte. */
function makePdfBomb(): Uint8Array {
  const content = deflateSync(deflateSync(Buffer.alloc(256_000_000, '(boom) Tj\n')));
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    `<< /Length ${content.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${content.toString('latin1')}\nendstream`,
  ];
  const body = objects.map((object, n) => `${n + 1} 0 obj\n${object}\nendobj\n`).join('');
  return Buffer.from(`%PDF-1.7\n${body}trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF`, 'latin1');
}

test('a PDF of a few kilobytes that inflates to a quarter of a gigabyte ends at the sandbox’s bounds, and the next one is read', async () => {
  const bomb = makePdfBomb();
  expect(bomb.byteLength).toBeLessThan(20_000);
  const reader = createDocumentReader();
  const small = { ...limits, durationMsMax: 30_000, memoryMbMax: 256 };
  const error = await failure(reader.read(file('bomb.pdf', bomb), { limits: small, signal: neverAborted }));
  expect(error.code).toBe('unreadable-document');
  expect(['out-of-memory', 'timed-out']).toContain(error.reason);
  const next = await reader.read(file('next.pdf', makePdf([['Read as ever.']])), { limits, signal: neverAborted });
  expect(next.canonicalText).toContain('Read as ever.');
});

test('a sandbox that crashes fails its file alone', async () => {
  const reader = await sandboxRunning('process.exit(7);');
  const large = new Uint8Array(5_000_000);
  expect(await failure(reader.read(file('odd.pdf', large), { limits, signal: neverAborted }))).toMatchObject({
    code: 'unreadable-document',
    reason: 'crashed',
  });
});

test('an aborted reading ends at once and takes its process along', async () => {
  const controller = new AbortController();
  const reader = await sandboxRunning('setInterval(() => {}, 1000);');
  const reading = reader.read(file('any.pdf', 'x'), { limits, signal: controller.signal });
  await delay(200);
  const abortedAt = performance.now();
  controller.abort(new Error('canceled by test'));
  await expect(reading).rejects.toThrow('canceled by test');
  expect(performance.now() - abortedAt).toBeLessThan(1_000);
});

test('an error of the source of the bytes is reported as it is', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(10);
    throw new Error('the database went away');
  }
  const reading = createDocumentReader().read(
    { fileName: 'a.txt', mediaType: null, byteSize: 20, content: broken },
    { limits, signal: neverAborted },
  );
  await expect(reading).rejects.toThrow('the database went away');
});

test('the sandbox has no environment, reads no other files, writes none and starts nothing', async () => {
  const reader = await sandboxRunning(`
    import { readFileSync, writeFileSync } from 'node:fs';
    import { execSync } from 'node:child_process';
    const attempt = (action) => { try { action(); return 'allowed'; } catch (error) { return error.code; } };
    const tried = [
      JSON.stringify(process.env),
      attempt(() => readFileSync('/etc/hosts')),
      ...['.env', '.data/auth-secret', 'README.md'].map((file) => attempt(() => readFileSync('${projectFolder}/' + file))),
      attempt(() => writeFileSync('/tmp/from-the-sandbox', 'x')),
      attempt(() => execSync('true')),
    ].join(' ');
    process.stdout.write(JSON.stringify({ type: 'failure', code: 'unreadable-document', message: tried }) + '\\n');
  `);
  const error = await failure(reader.read(file('a.txt', 'x'), { limits, signal: neverAborted }));
  expect(error.message).toBe(`{}${' ERR_ACCESS_DENIED'.repeat(6)}`);
});

test('an archive of nothing but scans is recognised, and progress never runs backwards', async () => {
  const progress: ReadProgress[] = [];
  const scans = makeZip({
    'a.png': makePicture('png', ['The lighthouse keeper was Ada Quill.']),
    'b.png': makePicture('png', ['She kept the lamp for forty years.']),
  });
  const parsed = await createDocumentReader().read(file('scans.zip', scans), {
    limits,
    signal: neverAborted,
    onProgress: (step) => progress.push(step),
  });
  expect(parsed.canonicalText).toContain('The lighthouse keeper was Ada Quill.');
  expect(parsed.canonicalText).toContain('She kept the lamp for forty years.');
  expect(parsed.pictures).toEqual({ recognised: 2, unrecognised: 0, textless: 0 });
  const pages = progress.map(({ pagesRead }) => pagesRead);
  expect(pages).toEqual(pages.toSorted((one, other) => one - other));
  expect(progress.at(-1)).toMatchObject({ pagesRead: 2, recognition: { pagesDone: 2, pageCount: 2 } });
});

test('a password reaches the sandbox and opens the file', async () => {
  const locked = file('will.pdf', makePdf([['Nobody else reads this.']], { password: 'open sesame' }));
  const read = (password: string) => {
    return createDocumentReader().read({ ...locked, password }, { limits, signal: neverAborted });
  };
  expect((await read('open sesame')).canonicalText).toBe('Nobody else reads this.');
  expect(await failure(read('open says me'))).toMatchObject({ reason: 'password-wrong' });
});

test('a sandbox that dies in the middle of a line has told no outcome, and fails its file alone', async () => {
  const reader = await sandboxRunning(`process.stdout.write('{"type":"result","docu', () => process.exit(7));`);
  expect(await failure(reader.read(file('odd.pdf', 'x'), { limits, signal: neverAborted }))).toMatchObject({
    code: 'unreadable-document',
    reason: 'crashed',
  });
});

test('where the program gave a file up is told to the log, without words of the file', async () => {
  const cut = makeDocx([{ paragraph: 'The secret is in the third drawer.' }]).slice(0, 700);
  const { cause } = await failure(createDocumentReader().read(file('cut.docx', cut), { limits, signal: neverAborted }));
  expect(cause).toBeInstanceOf(Error);
  expect((cause as Error).message).toMatch(/^\w*Error.*\n\s+at .*findEndRecord/);
});

/** Names in a file that mean something to JavaScript. Mammoth before 1.12.2 let them change what it did with the next file. */
const poisonedParts = {
  'word/styles.xml': `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${[
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'externalFileAccess',
  ]
    .map((name) => `<w:style w:type="paragraph" w:styleId="${name}"><w:name w:val="__proto__"/></w:style>`)
    .join('')}</w:styles>`,
  'word/_rels/document.xml.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="__proto__" Type="constructor" Target="__proto__"/></Relationships>',
};
const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
  xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
  xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`;
/** A picture that is linked to a file of the machine that reads it. */
const linkingParts = {
  'word/_rels/document.xml.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="p" TargetMode="External" Target="file:///etc/hosts" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>',
  'word/document.xml': `<w:document ${namespaces}><w:body><w:p><w:r><w:t>All agreed.</w:t></w:r><w:r><w:drawing>
    <wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="p"/></pic:blipFill></pic:pic></a:graphicData>
    </a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>`,
};

test('a poisoned Word document changes nothing of the next one, in a sandbox or without', async () => {
  const options = { limits, signal: neverAborted };
  const poison = () => file('poison.docx', makeDocx([{ paragraph: 'Poisoned.' }], { parts: poisonedParts }));
  const next = () => file('next.docx', makeDocx([], { parts: linkingParts }));
  for (const reader of [createDocumentReader(), inProcessReader]) {
    const before = await reader.read(next(), options);
    expect(before.canonicalText).toBe('All agreed.');
    expect((await reader.read(poison(), options)).canonicalText).toBe('Poisoned.');
    expect(await reader.read(next(), options)).toEqual(before);
  }
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('externalFileAccess');
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('what a parser rejects unheard, while it reads on, does not end the reading', async () => {
  const pages = [['The ferry sails at noon.'], ['The tide turns.'], ['The fog lifts late.']];
  const parts = Buffer.from(makePdf(pages)).toString('latin1').split('/Type /Page /Parent');
  // The second page says no kind, and the last holds an array without an end: pdf.js looks for the pages and drops what it meets.
  const pdf = `${parts[0]}/Type /Page /Parent${parts[1]}/Type /Pag) /Parent${parts[2]}/Type /Page /Parent${parts[3]}`;
  const box = pdf.lastIndexOf('842]');
  const damaged = Buffer.from(`${pdf.slice(0, box)}84[[${pdf.slice(box + 4)}`, 'latin1');
  const parsed = await createDocumentReader().read(file('ferry.pdf', damaged), { limits, signal: neverAborted });
  expect(parsed).toMatchObject({
    canonicalText: 'The ferry sails at noon.',
    warnings: [expect.stringContaining('2–3')],
  });
});
