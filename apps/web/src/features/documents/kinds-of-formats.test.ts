import { expect, test } from 'vitest';
import { kindsOfFormats } from './kinds-of-formats.ts';

test('each format is named once, and neither pictures nor mailboxes pass for source code', () => {
  const extensions = [
    '.md',
    '.markdown',
    '.eml',
    '.msg',
    '.mbox',
    '.zip',
    '.png',
    '.jpg',
    '.jpeg',
    '.webp',
    '.tif',
    '.bmp',
  ];
  expect(kindsOfFormats(extensions)).toEqual(['Markdown', 'e-mail', 'ZIP', 'pictures of text']);
  expect(kindsOfFormats(['.py', '.rs'])).toEqual(['source code']);
});
