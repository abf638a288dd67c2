declare const scopeBrand: unique symbol;

/**
 * The twin whose rows a query may touch. Every query function takes one as its second argument and every
 * compiled statement tests `twin_id = scope.twinId`; the same column distributes the tables on Citus.
 *
 * Only `authenticate()` and the job runner mint scopes (the layer check enforces it), so a caller-supplied
 * id can never widen what a query sees.
 */
export interface TwinScope {
  readonly twinId: number;
  readonly [scopeBrand]: true;
}

/** The twin that exists from the first start: local use has one twin and one owner. */
export const LOCAL_TWIN_ID = 1;

/** Mints a scope. @throws RangeError when `twinId` is not a positive integer: a missing twin is never "all twins". */
export function mintTwinScope(twinId: number): TwinScope {
  if (!Number.isSafeInteger(twinId) || twinId <= 0) {
    throw new RangeError(`A twin id is a positive integer, got ${String(twinId)}`);
  }
  return { twinId } as TwinScope;
}
