import { dateText } from '../../../shared/rules/date-text';
import { moneyText } from '../../../shared/rules/number-text';
import { useQuestion } from '../../client/hooks';
import { markWords } from '../../grid/gutter-cell';
import { StatusDot } from '../../ui/marks';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import css from './entity-page.module.css';

interface StudentTimelineProps {
  studentId: string;
  locale: string;
}

/** Enrollments, payments, progress, certificates, work handed in and guardians of a student, the newest first. Offline too. */
export function StudentTimeline({ studentId, locale }: StudentTimelineProps) {
  const { data, error, refetch } = useQuestion('students.timeline', { studentId });
  if (error) return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState rows={6} label="Loading the timeline" />;
  if (data.length === 0) {
    return (
      <EmptyState title="Nothing has happened yet">
        Enrollments, payments, progress and certificates appear here as they come.
      </EmptyState>
    );
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
