/** An archive that cannot be read or written, or a database it cannot be read into or made from. Nothing has changed. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly code: 'not-an-archive' | 'not-writable' | 'damaged' | 'newer-release' | 'not-empty' | 'no-schema';
  readonly nextStep: string;

  constructor(code: ArchiveError['code'], message: string, nextStep: string) {
    super(message);
    this.code = code;
    this.nextStep = nextStep;
  }
}
