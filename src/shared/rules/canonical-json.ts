/**
 * One text for one value: object keys sorted, no spaces, `undefined` left out. Two desks that hold the same value hold the same bytes, so
 * equality, merging and digests may compare texts.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const from = value as Record<string, unknown>;
  // Entries rather than assignment: a key called `__proto__` must stay a key.
  return Object.fromEntries(
    Object.keys(from)
      .sort()
      .map((key) => [key, sorted(from[key])]),
  );
}

/** Are two canonical values the same? An absent value and an empty one are. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || canonicalJson(a ?? null) === canonicalJson(b ?? null);
