import type { IngestionStage } from '@twin/db/schema';
import type { UnreadableReason, UnsupportedReason } from './unreadable.ts';

/** What takes in a document that was not: another try, the password of its file, or nothing but another file (null). */
export type Remedy = 'retry' | 'password' | null;

/** A crash or a time that ran out may be the machine's fault as well as the file's. The rest would come again. */
const remedies: Record<UnreadableReason | UnsupportedReason, Remedy> = {
  crashed: 'retry',
  'timed-out': 'retry',
  'password-required': 'password',
  'password-wrong': 'password',
  'password-protected': null,
  corrupt: null,
  'dynamic-form': null,
  'embedded-only': null,
  empty: null,
  'nested-too-deeply': null,
  'no-text': null,
  'not-recognised': null,
  'out-of-memory': null,
  'outlook-only': null,
  'sealed-message': null,
  'too-deep': null,
  'too-large': null,
  'too-many-files': null,
  'too-many-pages': null,
  'too-many-pixels': null,
  'unpacks-too-large': null,
  archive: null,
  image: null,
  'legacy-office': null,
  media: null,
  office: null,
  'unknown-type': null,
};

/**
 * What helps a failure with this code: the reason a file was not read, or anything outside it, such as a model or a disk,
 * which may be mended meanwhile.
 */
export function remedyOf(code: string | null): Remedy {
  return code !== null && Object.hasOwn(remedies, code) ? remedies[code as keyof typeof remedies] : 'retry';
}

/** What helps a version at this stage; null too where nothing is wrong, or where it goes on by itself. */
export function remedyAt({ stage, error_code }: { stage: IngestionStage; error_code: string | null }): Remedy {
  if (stage === 'canceled') return 'retry';
  return stage === 'failed' ? remedyOf(error_code) : null;
}
