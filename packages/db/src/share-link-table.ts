import type { Generated } from 'kysely';
import type { CreatedAt } from './column-types.ts';

/** A key to the twin for those without an account. */
export interface ShareLinkTable {
  twin_id: number;
  id: Generated<string>;
  name: string;
  /** SHA-256 of its token, in hexadecimal digits. */
  token_hash: string;
  created_at: CreatedAt;
  /** Null for one that lasts until it is revoked. */
  expires_at: Date | null;
  revoked_at: Date | null;
  /** When it was last opened, to the minute, or asked through. */
  last_used_at: Date | null;
  /** All that were ever asked through it: counted here, as visitors may delete what they have asked. */
  questions: Generated<number>;
  /** UTC; of the last question. */
  questions_day: Date | null;
  /** Those of that day. */
  questions_of_day: Generated<number>;
}
