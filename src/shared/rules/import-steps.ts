import { clean, levelOf } from './published-text';
import { slugOf } from './validate';

/** A whole name in two: after a comma come the given names, without one the last word is the family's. */
function namesIn(text: string): [given: string, family: string] {
  const [family = '', given] = text.split(/,(.*)/s).map((part) => part.trim());
  if (given !== undefined) return [given, family];
  const words = family.split(/\s+/);
  return words.length > 1 ? [words.slice(0, -1).join(' '), words.at(-1)!] : ['', family];
}

/** What a recipe may do to a text before it is read: a closed list, so that a recipe is data and never code. */
export const steps = {
  /** `US Racial &amp;  Ethnic` -> `US Racial & Ethnic` */
  clean,
  upper: (text: string) => text.toUpperCase(),
  lower: (text: string) => text.toLowerCase(),
  slug: (text: string) => (text.trim() === '' ? '' : slugOf(text)),
  /** The hundreds of a course's number: `AAS 201` -> 200 */
  hundreds: (text: string) => String(levelOf(text) ?? ''),
  /** `3 hours.` -> 3: the first number */
  number: (text: string) => /-?\d+(?:[.,]\d+)?/.exec(text)?.[0] ?? '',
  /** `Mullins, S;Pak, Y` -> `Mullins, S` */
  first: (text: string) => (text.split(/[;|\n]/)[0] ?? '').trim(),
  /** `Obi, Ada` and `Ada Obi` -> `Ada` */
  given: (text: string) => namesIn(text)[0],
  /** `Obi, Ada` and `Ada Obi` -> `Obi` */
  family: (text: string) => namesIn(text)[1],
} as const satisfies Record<string, (text: string) => string>;

export type StepName = keyof typeof steps;
export const stepNames = Object.keys(steps) as StepName[];

export const stepLabels: Record<StepName, string> = {
  clean: 'Tidy (HTML marks, spaces)',
  upper: 'CAPITALS',
  lower: 'small letters',
  slug: 'As a slug',
  hundreds: 'Hundreds of the number',
  number: 'First number',
  first: 'First of several',
  given: 'Given name',
  family: 'Family name',
};
