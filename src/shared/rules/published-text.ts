/** Brings the texts of a published catalogue into the form they have for people. */

/** The named entities that catalogues use; any other stays as it is written. */
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  middot: '·',
  deg: '°',
  frac12: '½',
  times: '×',
  eacute: 'é',
  egrave: 'è',
  aacute: 'á',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  szlig: 'ß',
  ccedil: 'ç',
};

/** `US Racial &amp; Ethnic` -> `US Racial & Ethnic`. Once only: `&amp;lt;` means `&lt;`. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,7}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name as string] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    const isText = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isText ? String.fromCodePoint(code) : whole;
  });

/** Entities decoded, runs of white space made one space, none at the ends. */
export const clean = (text: string | undefined): string =>
  decodeEntities(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();

/** The hundreds of a course's number: `589` -> 500, `101H` -> 100, `2043` -> 200; null where it has no digits. */
export function levelOf(number: string): number | null {
  const digits = /\d+/.exec(number)?.[0].replace(/^0+(?=\d)/, '');
  if (digits === undefined) return null;
  return digits.length < 3 ? 0 : Number(digits.charAt(0)) * 100;
}
