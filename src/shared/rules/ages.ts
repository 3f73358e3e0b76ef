/** Which ages an age group means, from what a program calls it. */

export interface AgeRange {
  from: number;
  /** The last year of age; Infinity where there is none. */
  to: number;
}

const named: readonly [RegExp, AgeRange][] = [
  [/\b(all|any) ages?\b/i, { from: 0, to: Infinity }],
  [/adult/i, { from: 18, to: Infinity }],
  [/teen/i, { from: 13, to: 17 }],
  [/child|kid/i, { from: 0, to: 17 }],
];

/** Ages named by the code or the label of an age group: `6-8`, `6–8 years`, `18+`, `Adults`. Null where it names none. */
export function agesOf(code: string, label = ''): AgeRange | null {
  for (const text of [code, label]) {
    const range = /(\d{1,3})\s*(?:-|–|—|to|_)\s*(\d{1,3})/.exec(text);
    if (range) return { from: Number(range[1]), to: Number(range[2]) };
    const open = /(\d{1,3})\s*(?:\+|and (?:over|older|up))/.exec(text);
    if (open) return { from: Number(open[1]), to: Infinity };
    const under = /under\s*(\d{1,3})/i.exec(text);
    if (under) return { from: 0, to: Number(under[1]) - 1 };
  }
  return named.find(([words]) => words.test(`${code} ${label}`))?.[1] ?? null;
}

/** Does the age group fit? Null where that cannot be told. */
export function fits(age: number | null, range: AgeRange | null): boolean | null {
  if (age === null || range === null) return null;
  return range.from <= age && age <= range.to;
}
