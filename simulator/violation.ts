/** The promises of the sync, each checked: what a history may never break. */
export const invariants = {
  I1: 'at rest every desk holds what the server holds',
  I2: 'a mutation has at most one effect and one final status',
  I3: 'no edit of a person is without a trace',
  I4: 'nothing of a foreign program crosses the wire, nothing foreign applies',
  I5: 'a transaction is never half seen',
  I6: 'effects are audit rows, and the chain verifies',
  I7: 'no blind overwrite',
  I8: 'no two active prices for one key and day, no number twice',
  I9: 'after the last fault nothing waits for ever',
  I10: 'only listed refusals occur',
  I11: 'a cursor never moves before its rows are durable',
  I12: 'a revoked scope leaves no row and no bytes',
} as const;
export type Invariant = keyof typeof invariants;

export class Violation extends Error {
  override readonly name = 'Violation';
  constructor(
    readonly invariant: Invariant,
    what: string,
  ) {
    super(`${invariant} (${invariants[invariant]}): ${what}`);
  }
}

/** @throws Violation where the claim is not true */
export function hold(invariant: Invariant, claim: boolean, what: () => string): void {
  if (!claim) throw new Violation(invariant, what());
}

/** What broke, in one word: the invariant, or the kind of error nobody foresaw. */
export const labelOf = (error: unknown): string =>
  error instanceof Error && error.name === 'Violation' ? (error as Violation).invariant : 'error';
