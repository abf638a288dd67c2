/** The five-character SQLSTATE of a database error from either home, e.g. `23505`; undefined for any other error. */
export function postgresErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined;
  }
  return /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

/** The constraint a write ran into, e.g. `document_pkey`; undefined when the error names none. */
export function postgresErrorConstraint(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('constraint' in error) || typeof error.constraint !== 'string') {
    return undefined;
  }
  return error.constraint;
}
