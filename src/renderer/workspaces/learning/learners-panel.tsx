import { Link } from 'wouter';
import type { Filter } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import { newId } from '../../../shared/model';
import { whyNot } from '../../../shared/rules/permit';
import { useCommand, useQuestion, useUser } from '../../client/hooks';
import { monthText } from '../../client/months';
import { usePanelWidth } from '../../client/panels';
import { everything, pathOf } from '../../client/paths';
import { takeBack } from '../../client/take-back';
import { objectsOf } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { Inspector } from '../../ui/inspector';
import { Bar, Pill, type Tone } from '../../ui/marks';
import { counted } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { ErrorState, LoadingState } from '../../ui/states';
import type { CohortFigure } from './cohort-figures';
import css from './learning.module.css';

interface LearnersPanelProps {
  figure: CohortFigure;
  programs: string[];
  onClose: () => void;
}

const tones: Record<string, [Tone, string]> = {
  active: ['info', 'Active'],
  paused: ['warning', 'Paused'],
  completed: ['success', 'Completed'],
  withdrawn: ['plain', 'Withdrawn'],
};
const most = 500;

/** Everybody behind a row of the progress table, and a certificate for whoever completed without one. */
export function LearnersPanel({ figure, programs, onClose }: LearnersPanelProps) {
  const [width, setWidth] = usePanelWidth('learning.learners', 344);
  const { courseId, cohort } = figure;
  const where: Filter[] = [
    ...(courseId ? [{ field: 'courseId', test: 'is' as const, value: courseId }] : []),
    ...(cohort
      ? [{ field: 'enrollmentDate', test: 'between' as const, value: [`${cohort}-01`, lastDay(cohort)] }]
      : []),
  ];
  const sort = [{ field: 'progressPercentage', descending: true }];
  const { data, error, refetch } = useQuestion('rows.page', {
    view: { entity: 'course_enrollments', programs, where, sort },
    ...{ from: 0, count: most },
  });
  const rows = data ? objectsOf(data) : [];
  const certified = useQuestion(
    'rows.page',
    {
      view: {
        entity: 'certificates',
        where: [{ field: 'enrollmentId', test: 'in', value: rows.map(({ id }) => id) }],
      },
      ...{ from: 0, count: most },
    },
    { enabled: rows.length > 0 },
  );
  const numbers = new Map(
    (certified.data ? objectsOf(certified.data) : []).map((row) => [
      String(row['enrollmentId']),
      row['certificateNumber'] ? String(row['certificateNumber']) : 'Number follows',
    ]),
  );
  return (
    <Inspector
      label="Learners"
      title={figure.course || monthText(cohort ?? '', navigator.language)}
      subtitle={
        data &&
        `${counted(data.total, 'enrollment')}${cohort && figure.course ? `, ${monthText(cohort, navigator.language)}` : ''}`
      }
      {...{ width, onClose }}
      onWidth={setWidth}
    >
      {error && <ErrorState problem={error.problem} onRetry={() => void refetch()} />}
      {!error && !data && <LoadingState rows={8} label="Loading learners" />}
      <ul className={css.learners}>
        {rows.map((row) => {
          const [tone, word] = tones[String(row['status'])] ?? ['plain', ''];
          const student = data?.titles[String(row['studentId'])] ?? 'A student not on this computer';
          const percent = Number(row['progressPercentage'] ?? 0);
          const number = numbers.get(row.id);
          return (
            <li key={row.id}>
              <div className="row">
                <Link
                  href={pathOf('course_enrollments', row.id, everything)}
                  className={`${css.link ?? ''} ellipsis grow`}
                >
                  {student}
                </Link>
                <Pill tone={tone}>{word}</Pill>
              </div>
              <div className={css.share}>
                <Bar part={percent} of={100} label={`${student}: progress`} />
                <span className={css.percent}>{percent} %</span>
              </div>
              {!figure.course && <p className="small muted ellipsis">{data?.titles[String(row['courseId'])] ?? ''}</p>}
              {number !== undefined && <p className="small muted">Certificate {number}</p>}
              {row['status'] === 'completed' && number === undefined && certified.data && (
                <Issue enrollmentId={row.id} programId={String(row['programId'])} student={student} />
              )}
            </li>
          );
        })}
      </ul>
      {data && data.total > rows.length && (
        <p className={`${css.more} small muted`}>The first {rows.length}. All of them are under Enrollments.</p>
      )}
    </Inspector>
  );
}

const lastDay = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
};

interface IssueProps {
  enrollmentId: string;
  programId: string;
  student: string;
}

function Issue({ enrollmentId, programId, student }: IssueProps) {
  const user = useUser();
  const save = useCommand('rows.save');
  const locked = user ? whyNot(user, entityOf('certificates'), 'create', { programId }) : 'Sign in first.';
  const issue = async () => {
    const values = { programId, enrollmentId, issuedAt: Date.now() };
    const saved = await save.run({
      edits: [{ op: 'insert', entity: 'certificates', id: newId(), values }],
      label: `Certificate for ${student}`,
      via: 'form',
    });
    if (saved)
      notify.done(`Issued a certificate to ${student}. Its number is given when it is sent.`, {
        undo: () => takeBack(saved.mutationId),
      });
  };
  return (
    <Button
      small
      aria-label={`Issue certificate to ${student}`}
      disabled={save.busy}
      aria-disabled={locked !== null}
      title={locked ?? undefined}
      onClick={() => (locked ? notify.info(locked) : void issue())}
    >
      Issue certificate
    </Button>
  );
}
