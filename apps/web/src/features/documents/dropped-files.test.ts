import { expect, test } from 'vitest';
import { droppedFiles } from './dropped-files.ts';
import { folderOf } from './file-folder.ts';

// What a browser hands out for a drop, as far as it is looked at.

type Entry = Pick<FileSystemEntry, 'name' | 'isFile'>;

function file(name: string): Entry {
  return Object.assign(
    { name, isFile: true },
    { file: (found: (file: File) => void) => found(new File(['text'], name)) },
  );
}

function unreadableFile(name: string): Entry {
  const error = new DOMException('', 'NotReadableError');
  return Object.assign({ name, isFile: true }, { file: (_: unknown, fail: (error: Error) => void) => fail(error) });
}

function folder(name: string, ...portions: Entry[][]): Entry {
  const createReader = () => {
    const left = [...portions];
    return { readEntries: (found: (entries: Entry[]) => void) => found(left.shift() ?? []) };
  };
  return Object.assign({ name, isFile: false }, { createReader });
}

function lockedFolder(name: string): Entry {
  const readEntries = (_: unknown, fail: (error: Error) => void) => fail(new DOMException('', 'NotReadableError'));
  return Object.assign({ name, isFile: false }, { createReader: () => ({ readEntries }) });
}

function drop(...entries: Entry[]) {
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
  return droppedFiles({ items, files: [] } as unknown as DataTransfer);
}

test('every file of a folder is found, in all its portions and folders; hidden ones are a program’s own', async () => {
  const { files } = await drop(
    folder('papers', [file('a.md'), file('.DS_Store')], [folder('inner', [file('b.md')]), file('c.md')]),
    file('d.md'),
  );
  expect(files.map(({ name }) => name)).toEqual(['a.md', 'b.md', 'c.md', 'd.md']);
  expect(files.map(folderOf)).toEqual(['papers', 'papers/inner', 'papers', '']);
});

test('what cannot be opened is named, and costs no other file', async () => {
  const { files, unreadable } = await drop(
    folder('papers', [file('a.md'), unreadableFile('gone.md'), lockedFolder('private'), file('b.md')]),
  );
  expect(files.map(({ name }) => name)).toEqual(['a.md', 'b.md']);
  expect(unreadable).toEqual(['gone.md', 'private']);
});
