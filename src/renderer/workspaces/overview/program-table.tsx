import { useState, type ReactNode } from 'react';
import type { OverviewProgram } from '../../../shared/contract/answers';
import type { ExportedTexts } from '../../../shared/contract/exchange';
import { entityOf } from '../../../shared/entities';
import { choiceText } from '../../../shared/rules/cell-text';
import { amountText } from '../../../shared/rules/number-text';
import { useSettings } from '../../client/hooks';
import { Bar, ProgramMark } from '../../ui/marks';
import { countText } from '../../ui/moment';
import { changeText, moneyOf, sum } from './overview-strip';
import css from './overview.module.css';

type Programs = readonly OverviewProgram[];

interface Column {
  name: string;
  isNumeric: boolean;
  /** Of money: who may not see payments is not shown it. */
  isMoney?: boolean;
  /** What the rows are sorted by. */
  value: (program: OverviewProgram) => number | string;
  cell: (program: OverviewProgram) => ReactNode;
  /** In a file. */
  text: (program: OverviewProgram) => string;
  total?: (programs: Programs) => ReactNode;
}

const typeField = entityOf('programs').fields['programType'];
const typeText = ({ programType }: OverviewProgram): string =>
  typeField?.kind === 'choice' ? choiceText(programType, typeField.options) : programType;
const share = (part: number, of: number): number => (of === 0 ? 0 : Math.round((100 * part) / of));
const own = ({ revenue, currency }: OverviewProgram): number =>
  revenue.find((one) => one.currency === currency)?.amount ?? 0;
const ownBefore = ({ revenueBefore, currency }: OverviewProgram): number =>
  revenueBefore.find((one) => one.currency === currency)?.amount ?? 0;

type Figure = 'students' | 'enrollments' | 'courses' | 'unpriced' | 'bookingsToday';
const count = (name: string, figure: Figure, tone = ''): Column => ({
  ...{ name, isNumeric: true },
  value: (program) => program[figure],
  cell: (program) => <span className={program[figure] === 0 ? 'quiet' : tone}>{countText(program[figure])}</span>,
  text: (program) => String(program[figure]),
  total: (programs) => countText(sum(programs, figure)),
});

function Change({ now, before }: { now: number; before: number }) {
  const text = changeText(now, before);
  if (text === null) return <span className="quiet">–</span>;
  return <span className={now > before ? 'tone-success' : now < before ? 'tone-danger' : ''}>{text}</span>;
}

/** One currency is added up; several are not. */
function TotalMoney({ programs }: { programs: Programs }) {
  const sums = moneyOf(programs, 'revenue');
  if (sums.length !== 1) return <span className="quiet">{sums.length === 0 ? '–' : `${sums.length} currencies`}</span>;
  return `${amountText(sums[0]!.amount, sums[0]!.currency, navigator.language)} ${sums[0]!.currency}`;
}

const Occupancy = ({ taken, seats, of }: { taken: number; seats: number; of: string }) =>
  seats === 0 ? (
    <span className="quiet">–</span>
  ) : (
    <span className={css.share} title={`${countText(taken)} of ${countText(seats)} seats in the groups that are held`}>
      <Bar part={taken} of={seats} label={`${of}: ${taken} of ${seats} seats taken`} />
      <span>{share(taken, seats)} %</span>
    </span>
  );

const columns: readonly Column[] = [
  { ...{ name: 'Type', isNumeric: false }, value: typeText, cell: typeText, text: typeText },
  {
    ...{ name: 'Admin', isNumeric: false },
    value: ({ admins }) => admins.join(', '),
    cell: ({ admins }) =>
      admins.length === 0 ? (
        <span className="tone-warning">Nobody</span>
      ) : (
        <span title={admins.join(', ')}>
          {admins[0]}
          {admins.length > 1 && ` +${admins.length - 1}`}
        </span>
      ),
    text: ({ admins }) => admins.join(', '),
  },
  count('Students', 'students'),
  count('Enrollments', 'enrollments'),
  {
    ...{ name: 'Occupancy', isNumeric: false },
    value: ({ taken, seats }) => share(taken, seats),
    cell: ({ name, taken, seats }) => <Occupancy {...{ taken, seats }} of={name} />,
    text: ({ taken, seats }) => `${share(taken, seats)} %`,
    total: (programs) => <Occupancy taken={sum(programs, 'taken')} seats={sum(programs, 'seats')} of="All programs" />,
  },
  {
    ...{ name: 'Revenue', isNumeric: true, isMoney: true },
    value: own,
    cell: (program) => (
      <>
        {amountText(own(program), program.currency, navigator.language)}{' '}
        <span className="quiet small">{program.currency}</span>
      </>
    ),
    text: (program) => `${amountText(own(program), program.currency, 'en')} ${program.currency}`,
    total: (programs) => <TotalMoney programs={programs} />,
  },
  {
    ...{ name: 'Change', isNumeric: true, isMoney: true },
    value: (program) => (ownBefore(program) === 0 ? -1 : own(program) / ownBefore(program)),
    cell: (program) => <Change now={own(program)} before={ownBefore(program)} />,
    text: (program) => changeText(own(program), ownBefore(program)) ?? '',
  },
  count('Unpriced', 'unpriced', 'tone-warning'),
  count('Today', 'bookingsToday'),
  {
    ...{ name: 'Completion', isNumeric: true },
    value: ({ completed, everEnrolled }) => share(completed, everEnrolled),
    cell: ({ completed, everEnrolled }) => `${share(completed, everEnrolled)} %`,
    text: ({ completed, everEnrolled }) => `${share(completed, everEnrolled)} %`,
    total: (programs) => `${share(sum(programs, 'completed'), sum(programs, 'everEnrolled'))} %`,
  },
];

const shownTo = (seesMoney: boolean): readonly Column[] => columns.filter(({ isMoney }) => seesMoney || !isMoney);

export const programTexts = (programs: Programs, seesMoney: boolean): ExportedTexts => ({
  columns: [
    { field: 'program', label: 'Program', isNumeric: false },
    ...shownTo(seesMoney).map(({ name, isNumeric }) => ({ field: name, label: name, isNumeric })),
  ],
  rows: programs.map((program) => [program.name, ...shownTo(seesMoney).map(({ text }) => text(program))]),
});

interface Sort {
  by: string;
  descending: boolean;
}

/** For those who look after several programs: one line each, sorted by any number, and the sum. */
export function ProgramTable({ programs, seesMoney }: { programs: Programs; seesMoney: boolean }) {
  const { change } = useSettings();
  const [sort, setSort] = useState<Sort | null>(null);
  const shown = shownTo(seesMoney);
  const column = shown.find(({ name }) => name === sort?.by);
  const sorted = column
    ? [...programs].sort((a, b) => compared(column.value(a), column.value(b)) * (sort?.descending ? -1 : 1))
    : programs;
  const turn = ({ name, isNumeric }: Column) =>
    setSort(sort?.by === name ? { by: name, descending: !sort.descending } : { by: name, descending: isNumeric });
  return (
    <section aria-labelledby="programs" id="side-by-side" tabIndex={-1}>
      <header className={css.head}>
        <h2 id="programs">Programs side by side</h2>
        <span className="quiet small">
          Revenue of this month in each one’s currency, its change against last month by now; press a heading to sort
        </span>
      </header>
      <div className={css.wide}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">Program</th>
              {shown.map((one) => (
                <th
                  key={one.name}
                  scope="col"
                  className={one.isNumeric ? css.number : undefined}
                  aria-sort={sort?.by !== one.name ? 'none' : sort.descending ? 'descending' : 'ascending'}
                >
                  <button type="button" className={css.sort} onClick={() => turn(one)}>
                    {one.name}
                    {sort?.by === one.name && (sort.descending ? ' ↓' : ' ↑')}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((program) => (
              <tr key={program.id}>
                <td>
                  <button
                    type="button"
                    className={css.program}
                    title={`Show ${program.name} alone`}
                    onClick={() => change({ programs: [program.id] })}
                  >
                    <ProgramMark code={program.code} />
                    <span className="ellipsis">{program.name}</span>
                  </button>
                </td>
                {shown.map(({ name, isNumeric, cell }) => (
                  <td key={name} className={isNumeric ? css.number : 'muted'}>
                    {cell(program)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All {countText(programs.length)} programs</th>
              {shown.map(({ name, isNumeric, total }) => (
                <td key={name} className={isNumeric ? css.number : undefined}>
                  {total?.(programs)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

const compared = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
