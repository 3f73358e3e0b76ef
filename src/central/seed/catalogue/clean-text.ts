import { clean } from '../../../shared/rules/published-text';

export interface Credits {
  from: number;
  to: number;
}

/** `3 hours.`, `1 TO 4 hours.`, `3 OR 4 hours.`, `1.5 hours`; null where it says none of these. */
export function creditsOf(text: string): Credits | null {
  const found = /^(\d+(?:\.\d+)?)(?:\s*(?:TO|OR|-|–|,)\s*(\d+(?:\.\d+)?))?(?:\s+(?:credit\s+)?hours?)?\.?$/i.exec(
    clean(text),
  );
  if (!found) return null;
  const from = Number(found[1]);
  const to = Number(found[2] ?? found[1]);
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

/** `Mullins, S;Pak, Y` -> the names, each once, in their order. */
export const instructorsOf = (text: string | undefined): string[] => [
  ...new Set((text ?? '').split(';').map(clean).filter(Boolean)),
];
