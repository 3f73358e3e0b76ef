import { useState } from 'react';
import { Link } from 'wouter';
import type { Overview } from '../../../shared/contract/answers';
import { currencySymbol, minorDigits } from '../../../shared/rules/number-text';
import { monthsBack, shortMonthText } from '../../client/months';
import { BarChart } from '../../ui/bar-chart';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/states';
import css from './overview.module.css';

const locale = navigator.language;

/** What came in over the last twelve months, one currency at a time; that of most programs first. */
export function RevenueChart({ revenue, programs }: Pick<Overview, 'revenue' | 'programs'>) {
  const [wanted, want] = useState<string | null>(null);
  const sums = Map.groupBy(revenue, ({ currency }) => currency);
  const users = (currency: string) => programs.filter((program) => program.currency === currency).length;
  const currencies = [...sums.keys()].sort((a, b) => users(b) - users(a) || a.localeCompare(b));
  const currency = currencies.find((one) => one === wanted) ?? currencies[0];
  const amounts = new Map((sums.get(currency ?? '') ?? []).map(({ month, amount }) => [month, amount]));
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  const months = Array.from({ length: 12 }, (_, at) => monthsBack(11 - at));
  return (
    <section className={css.places} aria-labelledby="revenue">
      <header className={css.head}>
        <h2 id="revenue" className="grow">
          Revenue by month{' '}
          {currency && <span className="quiet small">{currencySymbol(currency, locale)}, this month so far</span>}
        </h2>
        {currencies.length > 1 &&
          currencies.map((one) => (
            <Button key={one} small look="ghost" on={one === currency} onClick={() => want(one)}>
              {one}
            </Button>
          ))}
        <Link href="/commerce" className={css.link}>
          <span className="small">As table</span>
        </Link>
      </header>
      {currency === undefined ? (
        <EmptyState title="Nothing was paid in the last twelve months">Payments are added under Commerce.</EmptyState>
      ) : (
        <BarChart
          label={`Revenue by month, ${currency}`}
          bars={months.map((month, at) => {
            const value = amounts.get(month) ?? 0;
            const text = value === 0 ? '–' : short.format(value / 10 ** minorDigits(currency));
            return { key: month, label: shortMonthText(month, locale), value, text, isOpen: at === 11 };
          })}
        />
      )}
    </section>
  );
}
