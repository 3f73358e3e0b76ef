/**
 * Numbers and amounts as people write them. Amounts are integers in minor units throughout; no floating point touches them.
 */

/** What reading a text gave: the value, or why it cannot be read, in words. */
export type Reading<T> = { value: T } | { problem: string };

const formats = new Map<string, Intl.NumberFormat>();

/** `Intl` formatters cost a hundred times what formatting costs, so each is made once. */
function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${options.style ?? ''}|${options.currency ?? ''}|${options.currencyDisplay ?? ''}`;
  let made = formats.get(key);
  if (!made) {
    try {
      made = new Intl.NumberFormat(locale, { numberingSystem: 'latn', ...options });
    } catch {
      // An unknown currency code must not blank a grid.
      made = new Intl.NumberFormat(locale, { numberingSystem: 'latn' });
    }
    formats.set(key, made);
  }
  return made;
}

export const numberText = (value: number, locale: string): string => format(locale, {}).format(value);

export const percentText = (value: number, locale: string): string =>
  format(locale, { style: 'percent' }).format(value / 100);

const currencyOptions = (currency: string, display: 'narrowSymbol' | 'code'): Intl.NumberFormatOptions => ({
  style: 'currency',
  currency,
  currencyDisplay: display,
  trailingZeroDisplay: 'stripIfInteger',
});

/** How many digits of an amount are minor units: 2 for NGN, 0 for XOF, 3 for KWD. */
export function minorDigits(currency: string): number {
  return format('en', currencyOptions(currency, 'narrowSymbol')).resolvedOptions().maximumFractionDigits ?? 2;
}

export const currencySymbol = (currency: string, locale: string): string =>
  format(locale, currencyOptions(currency, 'narrowSymbol'))
    .formatToParts(0)
    .find((part) => part.type === 'currency')?.value ?? currency;

/** `1550050` of NGN -> `₦15,500.50`; whole amounts without decimals. */
export function moneyText(minor: number, currency: string | undefined, locale: string): string {
  if (!currency) return numberText(minor / 100, locale);
  return format(locale, currencyOptions(currency, 'narrowSymbol')).format(minor / 10 ** minorDigits(currency));
}

/** As `moneyText`, without the symbol: for columns whose header names the currency, and for editing. */
export function amountText(minor: number, currency: string | undefined, locale: string): string {
  const parts = format(locale, currencyOptions(currency ?? 'NGN', 'narrowSymbol')).formatToParts(
    minor / 10 ** minorDigits(currency ?? 'NGN'),
  );
  return parts
    .filter((part) => part.type !== 'currency' && part.type !== 'literal')
    .map((part) => part.value)
    .join('');
}

const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

/** Digits of other scripts, as an Arabic or Hindi keyboard types them, become 0-9. */
export const latinDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    const zero = zeros.find((start) => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });

interface Digits {
  negative: boolean;
  whole: string;
  fraction: string;
  /** What was neither digit, separator nor sign: a symbol, a code, a unit. */
  rest: string;
}

const decimalSign = (locale: string): string =>
  format(locale, {})
    .formatToParts(1.5)
    .find((part) => part.type === 'decimal')?.value ?? '.';

/**
 * Splits a number as typed in any common habit: `15,000.50`, `15.000,50`, `15 000`, `15’000`. With both signs present the last one is the
 * decimal sign. One sign before exactly three digits is read by locale, and where that would make 15.000 mean fifteen it is refused rather than
 * guessed: a price a thousand times too small is worse than a question.
 */
function digitsOf(text: string, locale: string, fractionDigits: number): Reading<Digits> {
  let plain = latinDigits(text).replace(/[\s\u00a0\u202f\u2009'’]/gu, '');
  plain = plain
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/٫/g, ',')
    .replace(/٬/g, '');
  const inBrackets = /^\(.*\)$/.test(plain);
  const negative = inBrackets || /[-−]/.test(plain);
  const body = /\d[\d.,]*/.exec(plain)?.[0].replace(/[.,]$/, '') ?? '';
  const rest = plain.replace(body, '').replace(/^\(|\)$|[-−]/g, '');
  const problem = { problem: `“${text.trim()}” is not a number.` };
  if (body === '' || /\d/.test(rest)) return problem;

  const signs = [...body.matchAll(/[.,]/g)].map((match) => match[0]);
  const last = signs.at(-1);
  if (last === undefined) return { value: { negative, whole: body, fraction: '', rest } };
  const at = body.lastIndexOf(last);
  const after = body.slice(at + 1);
  const mixed = signs.some((sign) => sign !== last);
  // Groups of two before the last three are the Indian habit: 1,00,000.
  const grouped = (part: string) =>
    /^\d{1,3}(([.,]\d{2,3})*[.,]\d{3})?$/.test(part) && new Set(part.match(/[.,]/g)).size < 2;

  const asDecimal = (): Reading<Digits> => {
    const before = body.slice(0, at);
    if (signs.length > 1 && !grouped(before)) return problem;
    return { value: { negative, whole: before.replace(/[.,]/g, '') || '0', fraction: after, rest } };
  };
  const asGroups = (): Reading<Digits> =>
    grouped(body) ? { value: { negative, whole: body.replace(/[.,]/g, ''), fraction: '', rest } } : problem;

  if (mixed) return signs.filter((sign) => sign === last).length > 1 ? problem : asDecimal();
  if (signs.length > 1) return asGroups();
  if (after.length !== 3 || !grouped(body) || body.startsWith('0')) return asDecimal();
  if (last !== decimalSign(locale)) return asGroups();
  if (fractionDigits >= 3) return asDecimal();
  const whole = numberText(Number(body.replace(last, '')), locale);
  return { problem: `“${text.trim()}” can be read in two ways. Write ${whole} or ${body.slice(0, at)}.` };
}

/** A whole number; a unit after it (`20 people`) is let go, decimals other than zeros are not. */
export function parseInteger(text: string, locale: string): Reading<number> {
  const read = digitsOf(text, locale, 0);
  if ('problem' in read) return read;
  const { negative, whole, fraction, rest } = read.value;
  if (!/^\p{L}*\.?$/u.test(rest)) return { problem: `“${text.trim()}” is not a number.` };
  if (/[^0]/.test(fraction)) return { problem: 'This is a whole number: leave out the decimals.' };
  const value = Number(whole) * (negative ? -1 : 1);
  if (!Number.isSafeInteger(value)) return { problem: 'This number is too large.' };
  return { value: value + 0 };
}

export function parsePercent(text: string, locale: string): Reading<number> {
  return parseInteger(text.replace(/[%٪]/g, ''), locale);
}

const letters = (text: string): string => text.replace(/[\s.=\u00a0\u200e\u200f\u202f]/g, '').toUpperCase();

/** An amount in minor units. The symbol or code may be written; another currency's may not. */
export function parseMoney(text: string, currency: string | undefined, locale: string): Reading<number> {
  const digits = currency ? minorDigits(currency) : 2;
  const read = digitsOf(text, locale, digits);
  if ('problem' in read) return { problem: read.problem.replace('is not a number', 'is not an amount') };
  const { negative, whole, fraction, rest } = read.value;
  const named = letters(rest);
  if (named !== '' && currency) {
    const symbol = letters(currencySymbol(currency, locale));
    const own = [currency, symbol, letters(currencySymbol(currency, 'en')), symbol.normalize('NFKD').charAt(0)];
    if (currency === 'NGN') own.push('N');
    if (!own.includes(named)) return { problem: `This amount is in ${currency}: write it without “${rest}”.` };
  } else if (named !== '' && !/^(\p{Sc}|[A-Z]{3})$/u.test(named)) {
    return { problem: `“${text.trim()}” is not an amount.` };
  }
  if (/[^0]/.test(fraction.slice(digits))) {
    return { problem: digits === 0 ? `${currency ?? 'This'} has no decimals.` : `Write at most ${digits} decimals.` };
  }
  const value = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(value)) return { problem: 'This amount is too large.' };
  return { value: negative && value !== 0 ? -value : value };
}
