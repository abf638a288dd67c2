import { rememberFolder } from './file-folder.ts';

export interface Dropped {
  files: File[];
  /** Names of what the browser could not open: gone meanwhile, or without permission. */
  unreadable: string[];
}

/** The files of a drop, those inside dropped folders included. Must be called while the drop event is handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) {
    // Not from a file system, e.g. a picture dragged out of another page: the files are all there is.
    return { files: [...transfer.files], unreadable: [] };
  }
  return joined(await Promise.all(entries.map((entry) => readEntry(entry, ''))));
}

async function readEntry(entry: FileSystemEntry, folder: string): Promise<Dropped> {
  if (entry.name.startsWith('.')) {
    return { files: [], unreadable: [] };
  }
  try {
    if (!entry.isFile)
      return await readFolder(
        entry as FileSystemDirectoryEntry,
        folder === '' ? entry.name : `${folder}/${entry.name}`,
      );
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    rememberFolder(file, folder);
    return { files: [file], unreadable: [] };
  } catch {
    return { files: [], unreadable: [entry.name] };
  }
}

async function readFolder(entry: FileSystemDirectoryEntry, folder: string): Promise<Dropped> {
  const reader = entry.createReader();
  const read: Dropped[] = [];
  for (;;) {
    // A reader hands out a folder in portions, and an empty one at its end.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) {
      return joined(read);
    }
    for (const inner of portion) {
      read.push(await readEntry(inner, folder));
    }
  }
}

function joined(parts: readonly Dropped[]): Dropped {
  return { files: parts.flatMap(({ files }) => files), unreadable: parts.flatMap(({ unreadable }) => unreadable) };
}
