import type { MatrixCell } from '../../../shared/contract/pricing';
import { dateText } from '../../../shared/rules/date-text';
import { amountText, moneyText, parseMoney, type Reading } from '../../../shared/rules/number-text';
import type { Gap } from './matrix';

const locale = (): string => navigator.language;

export const priceText = (minor: number, currency: string): string => amountText(minor, currency, locale());
export const wholePriceText = (minor: number, currency: string): string => moneyText(minor, currency, locale());
export const dayText = (day: string): string => dateText(day, locale());

/** What was typed into a cell; nothing typed takes the price away. */
export function readPrice(text: string, currency: string): Reading<number | null> {
  if (text.trim() === '') return { value: null };
  const read = parseMoney(text, currency, locale());
  if ('problem' in read) return read;
  return read.value < 0 ? { problem: 'A price cannot be below nothing.' } : read;
}

export const gapNames: Record<Gap, string> = {
  unpriced: 'No price',
  expired: 'Price has ended',
  future: 'Only a later price',
  outlier: 'Unusual price',
};

/** A cell in words, for those who hear the screen and for the tooltip. */
export function cellWords(cell: MatrixCell | null, gap: Gap | null, currency: string): string {
  if (!cell) return 'No price';
  const [price, , until, next, nextFrom, expired, learners] = cell.slice(5) as [
    number | null,
    string | null,
    string | null,
    number | null,
    string | null,
    string | null,
    number,
  ];
  const parts = [
    price === null ? 'No price in force' : wholePriceText(price, currency),
    price !== null && until !== null && `until ${dayText(until)}`,
    expired !== null && price === null && `the last one ended ${dayText(expired)}`,
    next !== null && nextFrom !== null && `${wholePriceText(next, currency)} from ${dayText(nextFrom)}`,
    gap === 'outlier' && 'unusual',
    learners > 0 && `${learners} ${learners === 1 ? 'learner' : 'learners'}`,
  ];
  return parts.filter(Boolean).join(', ');
}
