export interface ExpectedValue {
  value: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** The source never lets it expire: `expiresAt` then only says how long it was wanted here when it was read. */
  isUnlimited: boolean;
}

/** Whether the cache keeps what the source has, to expire when it does there, give or take `slackMs`. */
export function isSameCached(
  own: { value: string; expiresAt: number } | undefined,
  { value, expiresAt, isUnlimited }: ExpectedValue,
  slackMs: number,
): boolean {
  return own?.value === value && (isUnlimited || Math.abs(own.expiresAt - expiresAt) <= slackMs);
}
