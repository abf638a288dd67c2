import type { ArtPicture } from './office-art.ts';

/** The pictures of an old file, as files beside its text. */
export interface ArtMedia {
  /** Takes a picture in under a name that is its own, if that is not taken yet, and tells its path. */
  add(name: string, read: () => ArtPicture | undefined): string | undefined;
  /** By path. */
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** @param bytesMax of all of them: pictures that stand in each other would let a small file ask for any amount of memory. */
export function createArtMedia(bytesMax: number): ArtMedia {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const paths = new Map<string, string | undefined>();
  let bytesLeft = bytesMax;
  return {
    files,
    add(name, read) {
      if (paths.has(name)) return paths.get(name);
      const picture = read();
      const isTaken = picture !== undefined && picture.bytes.byteLength <= bytesLeft;
      const path = isTaken ? `media/${name}.${picture.kind}` : undefined;
      paths.set(name, path);
      if (picture !== undefined && path !== undefined) {
        bytesLeft -= picture.bytes.byteLength;
        files.set(path, new Uint8Array(picture.bytes));
      }
      return path;
    },
  };
}
