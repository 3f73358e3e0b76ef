import type { AnyRow, Entity } from '../../../shared/model';
import { dateText } from '../../../shared/rules/date-text';
import { moneyText } from '../../../shared/rules/number-text';
import { useQuestion } from '../../client/hooks';
import { markWords } from '../../grid/gutter-cell';
import { StatusDot } from '../../ui/marks';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import css from './entity-page.module.css';

interface TimelineProps {
  of: TimelineOf;
  locale: string;
}

/** Whose timeline a record has. */
export interface TimelineOf {
  entity: 'students' | 'users' | 'mentors' | 'employers';
  id: string;
}

/** A record of a person, or of one who has an account, tells what happened; null for everything else. */
export function timelineOf({ name }: Entity, row: AnyRow): TimelineOf | null {
  if (name === 'students' || name === 'users' || name === 'mentors' || name === 'employers') {
    return { entity: name, id: row.id };
  }
  const account =
    name === 'mentees' || name === 'profiles' ? row['userId'] : name === 'student_guardians' ? row['guardianId'] : null;
  return typeof account === 'string' ? { entity: 'users', id: account } : null;
}

/** Everything that happened with a person, the newest first: enrollments, payments, sessions, applications and the like. Offline too. */
export function Timeline({ of: { entity, id }, locale }: TimelineProps) {
  const isStudent = entity === 'students';
  const student = useQuestion('students.timeline', { studentId: id }, { enabled: isStudent });
  const person = useQuestion('people.timeline', { entity: isStudent ? 'users' : entity, id }, { enabled: !isStudent });
  const { data, error, refetch } = isStudent ? student : person;
  if (error) return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState rows={6} label="Loading the timeline" />;
  if (data.length === 0) {
    return <EmptyState title="Nothing has happened yet">What is done with them appears here as it comes.</EmptyState>;
  }
  return (
    <ol className={css.timeline} aria-label="Timeline">
      {data.map(({ id, kind, day, title, detail, amount, mark }) => (
        <li key={`${kind} ${id} ${day}`} className={css.step}>
          <span className="row">
            <span className="medium grow">{title}</span>
            {mark && <StatusDot kind={mark} label={markWords[mark]} />}
            {amount && <b className="figures medium">{moneyText(amount.minor, amount.currency, locale)}</b>}
          </span>
          <span className="muted">{[day && dateText(day, locale), detail].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ol>
  );
}
