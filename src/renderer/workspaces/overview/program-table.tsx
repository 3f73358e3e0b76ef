import type { Overview } from '../../../shared/contract/answers';
import { useSettings } from '../../client/hooks';
import { ProgramMark } from '../../ui/marks';
import { countText } from '../../ui/moment';
import css from './overview.module.css';

type Program = Overview['programs'][number];
type Figure = 'students' | 'enrollments' | 'courses' | 'unpriced';

const figures: readonly [Figure, string][] = [
  ['students', 'Students'],
  ['enrollments', 'Enrollments'],
  ['courses', 'Courses'],
  ['unpriced', 'Unpriced'],
];

export const totalsOf = (programs: readonly Program[]): Record<Figure, number> => ({
  students: sum(programs, 'students'),
  enrollments: sum(programs, 'enrollments'),
  courses: sum(programs, 'courses'),
  unpriced: sum(programs, 'unpriced'),
});
const sum = (programs: readonly Program[], figure: Figure) =>
  programs.reduce((total, program) => total + program[figure], 0);

/** For those who look after several programs: one line each, and the sum. */
export function ProgramTable({ programs }: { programs: readonly Program[] }) {
  const { change } = useSettings();
  const totals = totalsOf(programs);
  return (
    <section aria-labelledby="programs">
      <header className={css.head}>
        <h2 id="programs">Programs side by side</h2>
      </header>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Program</th>
            <th scope="col">Currency</th>
            {figures.map(([figure, name]) => (
              <th key={figure} scope="col" className={css.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {programs.map((program) => (
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
                  <span className="quiet small">{program.code}</span>
                </button>
              </td>
              <td className="muted">{program.currency}</td>
              {figures.map(([figure]) => (
                <td
                  key={figure}
                  className={`${css.number ?? ''} ${figure === 'unpriced' ? (program.unpriced > 0 ? 'tone-warning' : 'quiet') : ''}`}
                >
                  {countText(program[figure])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All {countText(programs.length)} programs</th>
            <td />
            {figures.map(([figure]) => (
              <td key={figure} className={css.number}>
                {countText(totals[figure])}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
