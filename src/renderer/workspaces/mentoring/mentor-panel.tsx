import { IconPlus } from '@tabler/icons-react';
import type { MentorCard } from '../../../shared/contract/mentoring';
import type { AnyRow } from '../../../shared/model';
import { recurrenceText } from '../../../shared/rules/recurrence-text';
import { useQuestion } from '../../client/hooks';
import { Button } from '../../ui/button';
import { Section } from '../../ui/inspector';
import { Pill } from '../../ui/marks';
import { momentText } from '../../ui/moment';
import { ErrorState, LoadingState, Note } from '../../ui/states';
import css from './mentoring.module.css';
import { Reputation } from './mentor-list';
import { useRowsOf } from './use-rows';

interface MentorPanelProps {
  mentor: MentorCard;
  locale: string;
  /** Why rules may not be changed; null where they may. */
  locked: string | null;
  onRule: (rule: AnyRow | null) => void;
}

/** Who the mentor is: when they are there, and what people thought of them. */
export function MentorPanel({ mentor, locale, locked, onRule }: MentorPanelProps) {
  const rules = useRowsOf('availability_rules', mentor.id);
  return (
    <>
      {mentor.closed && (
        <Section>
          <Note tone="warning">{mentor.closed}</Note>
        </Section>
      )}
      {mentor.tags.length > 0 && (
        <Section title="Expertise">
          <span className={css.chips}>
            {mentor.tags.map((tag) => (
              <Pill key={tag}>{tag}</Pill>
            ))}
          </span>
        </Section>
      )}
      <Section title="Availability">
        {rules?.map((rule) => (
          <button
            key={rule.id}
            type="button"
            className={css.rule}
            disabled={locked !== null}
            title={locked ?? 'Change this rule'}
            onClick={() => onRule(rule)}
          >
            <span className="row">
              <span className="medium grow">
                {String(rule['startTime'])}–{String(rule['endTime'])}
              </span>
              {rule['isActive'] === false && <Pill>Off</Pill>}
            </span>
            <span className="small muted">{recurrenceText(String(rule['recurrence']), locale)}</span>
          </button>
        ))}
        {rules?.length === 0 && <p className="small muted">No hours yet. Add some, and slots are offered from them.</p>}
        <Button
          small
          icon={<IconPlus size={14} />}
          disabled={locked !== null}
          title={locked ?? undefined}
          onClick={() => onRule(null)}
        >
          Add hours
        </Button>
      </Section>
      <Feedback mentorId={mentor.id} />
    </>
  );
}

function Feedback({ mentorId }: { mentorId: string }) {
  const { data, error, refetch } = useQuestion('mentoring.feedback', { mentorId });
  return (
    <Section title="Feedback">
      {error && <ErrorState problem={error.problem} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingState rows={3} />}
      {data && <Reputation value={data.reputation} count={data.count} />}
      <ul className={css.reviews}>
        {data?.reviews.map((review) => (
          <li key={review.id}>
            <span className="row">
              <span className="medium ellipsis grow">{review.reviewer || 'A client'}</span>
              <span className={css.stars} aria-label={`${review.rating} of 5`}>
                <span aria-hidden>{'★'.repeat(review.rating)}</span>
                <span aria-hidden className="quiet">
                  {'☆'.repeat(5 - review.rating)}
                </span>
              </span>
            </span>
            {review.comment && <p className="small">{review.comment}</p>}
            <span className="micro quiet">{momentText(review.at)}</span>
          </li>
        ))}
      </ul>
      {data?.count === 0 && (
        <p className="small muted">The client of a completed booking can be asked for a review; it appears here.</p>
      )}
    </Section>
  );
}
