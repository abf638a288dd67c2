import type { ArtPicture } from './office-art.ts';

/** The pictures of an old file, as files beside its text. */
export interface ArtMedia {
  /**
   * Takes a picture in under a name that is its own, if that is not taken yet, and tells its path.
   * @throws Error when it is longer than all of them may be together.
   */
  add(name: string, read: () => ArtPicture | undefined): string | undefined;
  /** By path. */
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** @param bytesMax of all of them: pictures that stand in each other would let a small file ask for any amount of memory. */
export function createArtMedia(bytesMax: number): ArtMedia {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const paths = new Map<string, string | undefined>();
  let bytesLeft = bytesMax;
  let bytesTooMany = 0;
  return {
    files,
    add(name, read) {
      if (paths.has(name)) return paths.get(name);
      paths.set(name, undefined);
      // Each that is not taken was copied all the same, and a small file may name any number.
      if (bytesTooMany > bytesMax) throw new Error('The pictures of the file are longer than it is.');
      const picture = read();
      if (picture === undefined) return undefined;
      const { kind, bytes } = picture;
      if (bytes.byteLength > bytesLeft) {
        bytesTooMany += bytes.byteLength;
        throw new Error('The picture is longer than what is left of the file.');
      }
      const path = `media/${name}.${kind}`;
      paths.set(name, path);
      bytesLeft -= bytes.byteLength;
      files.set(path, new Uint8Array(bytes));
      return path;
    },
  };
}
