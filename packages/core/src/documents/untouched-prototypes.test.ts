import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeDocx } from '@twin/testing/fixtures/docx';
import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';
import { expect, test } from 'vitest';
import { parseDocument } from './parse-document.ts';
import { readLimits } from './read-limits.ts';

/** What every object, list, function and text has. Those of maps are left out: pdf.js adds to them what newer releases of Node have. */
function ownKeys(): unknown[] {
  return [Object, Array, Function, String, Number].map(({ prototype }) => Reflect.ownKeys(prototype));
}

async function read(fileName: string, bytes: Uint8Array): Promise<string> {
  const reading = parseDocument({ bytes, fileName, mediaType: null, limits: readLimits });
  return await reading.then(
    ({ canonicalText }) => canonicalText,
    () => '',
  );
}

test('no file of the fixtures leaves anything behind in what all objects share', async () => {
  const before = ownKeys();
  for (const { fileName, bytes } of listFixtureFiles()) {
    await read(fileName, bytes);
    expect({ fileName, keys: ownKeys() }).toEqual({ fileName, keys: before });
  }
}, 120_000);

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const drawing = 'http://schemas.openxmlformats.org/drawingml/2006';

/** Styles, comments, numbers and relationships whose names mean something to JavaScript. */
function poisoner(): Uint8Array {
  const names = ['__proto__', 'constructor', 'prototype', 'externalFileAccess', 'toString'];
  const styles = names.map(
    (name) => `<w:style w:type="paragraph" w:styleId="${name}"><w:name w:val="${name}"/></w:style>`,
  );
  const paragraphs = names.map(
    (name) => `<w:p><w:pPr><w:pStyle w:val="${name}"/></w:pPr><w:r><w:t>${name}</w:t></w:r></w:p>`,
  );
  const relationships = names.map((name) => `<Relationship Id="${name}" Target="styles.xml" Type="${office}/styles"/>`);
  return makeDocx([{ paragraph: 'x' }], {
    parts: {
      'word/document.xml': `<w:document xmlns:w="${word}"><w:body>${paragraphs.join('')}</w:body></w:document>`,
      'word/styles.xml': `<w:styles xmlns:w="${word}">${styles.join('')}</w:styles>`,
      'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationships.join('')}</Relationships>`,
    },
  });
}

/** A picture that is not in the document but at an address. */
function linker(address: string): Uint8Array {
  const picture = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="${drawing}/wordprocessingDrawing"><a:graphic xmlns:a="${drawing}/main"><a:graphicData><pic:pic xmlns:pic="${drawing}/picture"><pic:blipFill><a:blip xmlns:r="${office}" r:link="away"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
  return makeDocx([{ paragraph: 'x' }], {
    parts: {
      'word/document.xml': `<w:document xmlns:w="${word}"><w:body><w:p><w:r><w:t>The lamp.</w:t></w:r></w:p>${picture}</w:body></w:document>`,
      'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="away" Target="${address}" TargetMode="External" Type="${office}/image"/></Relationships>`,
    },
  });
}

test('a Word file with poisoned names does not let the next one read a file of this machine', async () => {
  const before = ownKeys();
  const folder = await mkdtemp(join(tmpdir(), 'linked-'));
  const canary = join(folder, 'canary.png');
  await writeFile(canary, 'canary-of-a-local-file');
  expect(await read('poison.docx', poisoner())).toContain('externalFileAccess');
  expect(ownKeys()).toEqual(before);
  const text = await read('linked.docx', linker(pathToFileURL(canary).href));
  expect(text).toBe('The lamp.');
  await rm(folder, { recursive: true });
});
