const words: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'the permission is missing',
  EPERM: 'the permission is missing',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk is full',
};

/** Why a file cannot be written, for the person who named it. Undefined where the file system is not to blame. */
export function wordsOfFileProblem(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? words[error.code] : undefined;
}
