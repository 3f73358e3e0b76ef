import { clean, levelOf } from './published-text';
import { slugOf } from './validate';

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
};
