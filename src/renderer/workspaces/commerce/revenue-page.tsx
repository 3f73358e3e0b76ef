import { useState } from 'react';
import type { Revenue, RevenueLine } from '../../../shared/contract/answers';
import type { ExportedTexts } from '../../../shared/contract/exchange';
import { amountText, moneyText } from '../../../shared/rules/number-text';
import { useChosenPrograms, useQuestion, useSync } from '../../client/hooks';
import { monthsBack, monthText, shortMonthText } from '../../client/months';
import { TableExport } from '../../exchange/table-export';
import { BarChart } from '../../ui/bar-chart';
import { Button } from '../../ui/button';
import { counted, countText } from '../../ui/moment';
import { EmptyState, ErrorState, FilteredState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { FilterBar, Scroll, TitleBar, Workspace } from '../../ui/workspace';
import css from './commerce.module.css';
import { currenciesOf, figuresOf, sumsOf, type Figure, type Grouping } from './figures';
import { PaymentsPanel } from './payments-panel';

const periods = [
  [12, 'Last 12 months'],
  [3, 'Last 3 months'],
  [24, 'Last 24 months'],
  [120, 'Last 10 years'],
] as const;
const groupings: [Grouping, string][] = [
  ['course', 'Course'],
  ['program', 'Program'],
  ['month', 'Month'],
];
const locale = navigator.language;

/** What was received, given back and is waited for: by program, course and month, each currency for itself. */
export function RevenuePage() {
  const programs = useChosenPrograms();
  const sync = useSync();
  const [months, setMonths] = useState(12);
  const [by, setBy] = useState<Grouping>('course');
  const [wanted, setCurrency] = useState<string | null>(null);
  const [month, setMonth] = useState<string | null>(null);
  const [chosen, choose] = useState<string | null>(null);
  const [from, until] = [monthsBack(months - 1), monthsBack(0)];
  const { data, error, refetch } = useQuestion('commerce.revenue', { programs, from, until }, { keep: true });
  const title = (
    <TitleBar title="Revenue" count={`${monthText(from, locale)} to ${monthText(until, locale)}`}>
      {data && <TableExport title="Revenue" texts={() => textsOf(data, by)} />}
    </TitleBar>
  );
  if (!data) {
    return (
      <Workspace>
        {title}
        {error ? (
          <ErrorState problem={error.problem} onRetry={() => void refetch()} />
        ) : (
          <LoadingState rows={14} label="Adding up the payments" />
        )}
      </Workspace>
    );
  }
  const currencies = currenciesOf(data.lines);
  const currency = wanted !== null && currencies.includes(wanted) ? wanted : currencies[0];
  const ofCurrency = data.lines.filter((line) => line.currency === currency);
  const shown = { ...data, lines: month ? ofCurrency.filter((line) => line.month === month) : ofCurrency };
  const figures = figuresOf(shown, by, (one) => monthText(one, locale));
  const panel = figures.find(({ key }) => key === chosen);
  return (
    <Workspace
      side={
        panel?.of && (
          <PaymentsPanel
            key={panel.key}
            title={panel.name}
            asked={{ ...panel.of, currency: panel.currency, from: month ?? from, until: month ?? until }}
            onClose={() => choose(null)}
          />
        )
      }
    >
      {title}
      <FilterBar>
        <Choice
          label="Period"
          value={String(months)}
          options={periods.map(([n, name]) => [String(n), name])}
          onChoose={(n) => (setMonths(Number(n)), setMonth(null))}
        />
        {currencies.length > 1 && (
          <Choice
            label="Currency"
            value={currency ?? ''}
            options={currencies.map((one) => [one, one])}
            onChoose={setCurrency}
          />
        )}
        <span className="row small muted" role="group" aria-label="By">
          By
          {groupings.map(([name, label]) => (
            <Button key={name} small look="ghost" on={by === name} onClick={() => setBy(name)}>
              {label}
            </Button>
          ))}
        </span>
        {month && (
          <Button small look="link" onClick={() => setMonth(null)}>
            Only {monthText(month, locale)}: show all months
          </Button>
        )}
      </FilterBar>
      {currency === undefined ? (
        sync?.loading ? (
          <LoadingState rows={12} label="The payments are on their way to this computer" />
        ) : months < 120 ? (
          <FilteredState title="No payment in this time" onClear={() => setMonths(120)}>
            {programs.length > 0 ? 'In the programs chosen above, ' : ''}none from {monthText(from, locale)} on.
          </FilteredState>
        ) : (
          <EmptyState title="There are no payments yet">
            A payment for an enrollment, a booking or a subscription is added under Payments.
          </EmptyState>
        )
      ) : (
        <Scroll>
          <Strip lines={shown.lines} currency={currency} />
          <ByMonth
            lines={ofCurrency}
            {...{ from, until, currency, month }}
            onMonth={(one) => setMonth(one === month ? null : one)}
          />
          <FiguresTable
            {...{ figures, by, chosen }}
            onChoose={(figure) =>
              figure.month
                ? (setMonth(figure.month), setBy('course'))
                : figure.of
                  ? choose(figure.key === chosen ? null : figure.key)
                  : setBy('course')
            }
          />
        </Scroll>
      )}
      <StatusSlot>
        <span>{counted(figures.length, 'row')}</span>
        {currency && <span>{moneyText(sumsOf(shown.lines).paid, currency, locale)} received</span>}
        {currencies.length > 1 && <span>{currencies.length} currencies, each for itself</span>}
      </StatusSlot>
    </Workspace>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  onChoose: (value: string) => void;
}

const Choice = ({ label, value, options, onChoose }: ChoiceProps) => (
  <select className={css.select} aria-label={label} value={value} onChange={(event) => onChoose(event.target.value)}>
    {options.map(([one, text]) => (
      <option key={one} value={one}>
        {text}
      </option>
    ))}
  </select>
);

function Strip({ lines, currency }: { lines: readonly RevenueLine[]; currency: string }) {
  const sums = sumsOf(lines);
  const bookings = lines.filter(({ source }) => source === 'mentoring');
  const subscriptions = sumsOf(lines.filter(({ source }) => source === 'subscription'));
  const money = (minor: number) => moneyText(minor, currency, locale);
  const parts: [string, string, string][] = [
    ['Received', money(sums.paid), counted(sums.payments, 'payment')],
    ['Waited for', money(sums.pending), counted(sums.pendings, 'payment')],
    ['Given back', money(sums.refunded), counted(sums.refunds, 'refund')],
    ['Subscriptions', money(subscriptions.paid), counted(subscriptions.payments, 'payment')],
    ['Platform’s share', money(sums.commission), `of ${money(sumsOf(bookings).paid)} for sessions`],
  ];
  return (
    <dl className={css.strip}>
      {parts.map(([name, value, beside]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <b>{value}</b> <span className="quiet small">{beside}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ByMonthProps {
  lines: readonly RevenueLine[];
  from: string;
  until: string;
  currency: string;
  month: string | null;
  onMonth: (month: string) => void;
}

/** The last months as bars; all of them, with every number, are the table grouped by month. */
function ByMonth({ lines, from, until, currency, month, onMonth }: ByMonthProps) {
  const groups = Map.groupBy(lines, (line) => line.month);
  const months: string[] = [];
  for (let back = 0; back < 24 && monthsBack(back) >= from; back++) months.unshift(monthsBack(back));
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  return (
    <section aria-label="Received by month">
      <h2 className={css.head}>
        Received by month <span className="quiet small">{currency}; press a month to see it alone</span>
      </h2>
      <BarChart
        label={`Received by month, ${currency}`}
        chosen={month}
        onChoose={onMonth}
        bars={months.map((one) => {
          const { paid } = sumsOf(groups.get(one) ?? []);
          const whole = Number(amountOf(paid, currency));
          return {
            key: one,
            label: shortMonthText(one, locale),
            value: paid,
            text: paid === 0 ? '–' : short.format(whole),
            isOpen: one === until,
          };
        })}
      />
    </section>
  );
}

/** In major units, as a plain number. */
const amountOf = (minor: number, currency: string): string => {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (minor / 10 ** digits).toFixed(digits);
};

const heads = ['Received', 'Payments', 'Given back', 'Waited for', 'Failed', 'Platform’s share'] as const;

function cellsOf({ sums, currency }: Figure): string[] {
  const money = (minor: number) => (minor === 0 ? '–' : amountText(minor, currency, locale));
  const number = (count: number) => (count === 0 ? '–' : countText(count));
  return [
    ...[money(sums.paid), number(sums.payments), money(sums.refunded)],
    ...[money(sums.pending), number(sums.failures), money(sums.commission)],
  ];
}

interface FiguresTableProps {
  figures: readonly Figure[];
  by: Grouping;
  chosen: string | null;
  onChoose: (figure: Figure) => void;
}

const hints: Record<Grouping, string> = {
  course: 'Show the payments',
  program: 'Show its courses',
  month: 'Show this month alone',
};

function FiguresTable({ figures, by, chosen, onChoose }: FiguresTableProps) {
  const [, label] = groupings.find(([name]) => name === by)!;
  return (
    <table className={css.table} aria-label={`Revenue by ${by}`}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          {by === 'course' && <th scope="col">Program</th>}
          <th scope="col">Currency</th>
          {heads.map((head) => (
            <th key={head} scope="col" className={css.number}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure.key} data-chosen={figure.key === chosen || undefined}>
            <th scope="row">
              <button type="button" className={css.open} title={hints[by]} onClick={() => onChoose(figure)}>
                {figure.name}
              </button>
            </th>
            {by === 'course' && <td className="muted">{figure.program}</td>}
            <td className="muted">{figure.currency}</td>
            {cellsOf(figure).map((text, at) => (
              <td key={heads[at]} className={css.number}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All of it, every currency: what is exported does not depend on the one on show. */
function textsOf(data: Revenue, by: Grouping): ExportedTexts {
  const figures = figuresOf(data, by, (one) => one);
  const numbers = [
    'Received',
    'Payments',
    'Given back',
    'Refunds',
    'Waited for',
    'Pending',
    'Failed',
    'Platform’s share',
  ];
  return {
    columns: [
      { field: 'name', label: groupings.find(([name]) => name === by)![1], isNumeric: false },
      ...(by === 'course' ? [{ field: 'program', label: 'Program', isNumeric: false }] : []),
      { field: 'currency', label: 'Currency', isNumeric: false },
      ...numbers.map((label) => ({ field: label, label, isNumeric: true })),
    ],
    rows: figures.map(({ name, program, currency, sums }) => [
      name,
      ...(by === 'course' ? [program] : []),
      currency,
      ...[
        amountOf(sums.paid, currency),
        String(sums.payments),
        amountOf(sums.refunded, currency),
        String(sums.refunds),
      ],
      ...[amountOf(sums.pending, currency), String(sums.pendings), String(sums.failures)],
      amountOf(sums.commission, currency),
    ]),
  };
}
