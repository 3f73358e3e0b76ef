import type { Money, Overview, OverviewProgram } from '../../../shared/contract/answers';
import { moneyText } from '../../../shared/rules/number-text';
import { countText } from '../../ui/moment';
import css from './overview.module.css';

const locale = navigator.language;
const compact = (currency: string, minor: number): string => moneyText(Math.round(minor / 100) * 100, currency, locale);

type Counted = { [K in keyof OverviewProgram]: OverviewProgram[K] extends number ? K : never }[keyof OverviewProgram];
export const sum = (programs: readonly OverviewProgram[], figure: Counted): number =>
  programs.reduce((total, program) => total + program[figure], 0);

/** Sums by currency, the largest first. */
export function moneyOf(programs: readonly OverviewProgram[], which: 'revenue' | 'revenueBefore'): Money[] {
  const sums = new Map<string, number>();
  for (const program of programs)
    for (const { currency, amount } of program[which]) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ currency, amount })).sort((a, b) => b.amount - a.amount);
}

/** `+7 %`; null where there was nothing to compare with. */
export function changeText(now: number, before: number): string | null {
  if (before === 0) return null;
  const percent = Math.round((100 * (now - before)) / before);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${countText(Math.abs(percent))} %`;
}

const plus = (count: number): string => (count > 0 ? `+${countText(count)} this month` : '');

/** The numbers that say how the day stands. */
export function OverviewStrip({ overview, seesMoney }: { overview: Overview; seesMoney: boolean }) {
  const { programs } = overview;
  const [main, ...others] = moneyOf(programs, 'revenue').filter(({ amount }) => amount > 0);
  const before = moneyOf(programs, 'revenueBefore').find(({ currency }) => currency === main?.currency)?.amount ?? 0;
  const change = main && changeText(main.amount, before);
  const rest = others.map(({ currency, amount }) => compact(currency, amount)).join(', ');
  const unconfirmed = sum(programs, 'bookingsUnconfirmed');
  return (
    <dl className={css.strip}>
      <Figure
        name="Active students"
        value={countText(sum(programs, 'students'))}
        beside={plus(sum(programs, 'newStudents'))}
      />
      <Figure
        name="Active enrollments"
        value={countText(sum(programs, 'enrollments'))}
        beside={plus(sum(programs, 'newEnrollments'))}
      />
      {seesMoney && (
        <Figure
          name="Revenue this month"
          value={main ? compact(main.currency, main.amount) : '–'}
          beside={[change && `${change} on last month by now`, rest && `and ${rest}`].filter(Boolean).join('; ')}
        />
      )}
      <Figure
        name="Bookings today"
        value={countText(sum(programs, 'bookingsToday'))}
        beside={unconfirmed > 0 ? `${countText(unconfirmed)} not confirmed` : ''}
      />
      <Figure
        name="Signed in today"
        value={countText(overview.signedInToday)}
        beside={`of ${countText(overview.staff)} people`}
      />
    </dl>
  );
}

const Figure = ({ name, value, beside }: { name: string; value: string; beside: string }) => (
  <div>
    <dt>{name}</dt>
    <dd className={css.figure}>
      <b>{value}</b>
      <span className="quiet small ellipsis" title={beside}>
        {beside}
      </span>
    </dd>
  </div>
);
