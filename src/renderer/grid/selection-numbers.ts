import type { Field } from '../../shared/model';
import { moneyText, numberText } from '../../shared/rules/number-text';
import { contextOf } from '../forms/lookups';
import type { GridContext } from './columns';
import type { GridRow } from './grid-row';
import type { GridSelection } from './selection';

/** Sum and average of a column of numbers over the selected rows. Amounts in several currencies have no sum, and get none. */
export function numbersOf(
  name: string,
  field: Field,
  rows: readonly GridRow[],
  context: GridContext,
): GridSelection['numbers'] {
  if (rows.length < 2 || (field.kind !== 'money' && field.kind !== 'integer' && field.kind !== 'percent')) return null;
  const values = rows.flatMap(({ row }) => (typeof row[name] === 'number' ? [row[name]] : []));
  if (values.length === 0) return null;
  const sum = values.reduce((a, b) => a + b, 0);
  const { locale } = context.lookups;
  let text = (n: number) => numberText(Math.round(n * 10) / 10, locale);
  if (field.kind === 'money') {
    const currencies = new Set(rows.map(({ row }) => contextOf(context.lookups, context.entity, field, row).currency));
    if (currencies.size > 1) return null;
    const [currency] = currencies;
    text = (n) => moneyText(Math.round(n), currency, locale);
  }
  return { label: field.options.label, count: values.length, sum: text(sum), average: text(sum / values.length) };
}
