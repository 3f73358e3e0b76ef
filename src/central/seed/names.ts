import ghana from '../../../resources/names/ghana.json' with { type: 'json' };
import nigeria from '../../../resources/names/nigeria.json' with { type: 'json' };
import unitedKingdom from '../../../resources/names/united-kingdom.json' with { type: 'json' };
import type { Random } from './random';

export type Region = 'nigeria' | 'ghana' | 'unitedKingdom';

const regions: Record<Region, typeof nigeria> = { nigeria, ghana, unitedKingdom };

export interface Person {
  first: string;
  last: string;
  isFemale: boolean;
}

export function personFrom(region: Region, random: Random, family?: string): Person {
  const names = regions[region];
  const isFemale = random.chance(0.52);
  const last = family ?? random.pick(names.family);
  let first = random.pick(isFemale ? names.female : names.male);
  // Some names are given and family names alike.
  while (first === last) first = random.pick(isFemale ? names.female : names.male);
  return { first, last, isFemale };
}

export const phoneFrom = (region: Region, random: Random): string =>
  random.pick(regions[region].phones).replace(/#/g, () => String(random.int(0, 9)));

export const addressFrom = (region: Region, random: Random): string =>
  `${random.int(1, 148)} ${random.pick(regions[region].streets)}, ${random.pick(regions[region].areas)}`;

export const placeFrom = (region: Region, random: Random): string => random.pick(regions[region].areas);

export const mailDomainFrom = (region: Region, random: Random): string => random.pick(regions[region].mail);

/** `Siân O’Brien` -> `sian.obrien`: lower case ASCII letters, digits and dots. */
export const handleOf = (...parts: string[]): string =>
  parts
    .map((part) => folded(part).replace(/[^a-z0-9]/g, ''))
    .filter(Boolean)
    .join('.');

/** Accents off, lower case. */
const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Gives each handle once: a second `ngozi.okafor` becomes `ngozi.okafor2`. */
export function uniqueHandles(): (handle: string) => string {
  const seen = new Map<string, number>();
  return (handle) => {
    const count = (seen.get(handle) ?? 0) + 1;
    seen.set(handle, count);
    return count === 1 ? handle : `${handle}${count}`;
  };
}
