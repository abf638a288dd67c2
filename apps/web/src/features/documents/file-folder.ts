/** A chosen file knows by itself where it lay; a dropped one has to be told. */
const dropped = new WeakMap<File, string>();

export function rememberFolder(file: File, folder: string): void {
  dropped.set(file, folder);
}

/** Where the file lay within the folder that was chosen or dropped, as `docs/guide`; empty for a file by itself. */
export function folderOf(file: File): string {
  return dropped.get(file) ?? file.webkitRelativePath.split('/').slice(0, -1).join('/');
}

/** The file's name, with the folder it lay in. */
export function pathOf({ fileName, folder }: { fileName: string; folder: string | null }): string {
  return folder === null || folder === '' ? fileName : `${folder}/${fileName}`;
}
