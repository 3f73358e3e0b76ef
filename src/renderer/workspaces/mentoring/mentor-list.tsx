import { IconStarFilled } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import type { MentorCard } from '../../../shared/contract/mentoring';
import { counted } from '../../ui/moment';
import css from './mentoring.module.css';

/** `4.67`, with a star that is read as "out of 5". */
export function Reputation({ value, count }: { value: number | null; count: number }) {
  if (value === null) return <span className="quiet small">No reviews</span>;
  return (
    <span className={css.stars}>
      <IconStarFilled size={12} aria-hidden />
      <b>{value.toFixed(2)}</b>
      <span className="only-read-aloud">out of 5,</span>
      <span className="quiet">{counted(count, 'review')}</span>
    </span>
  );
}

interface MentorListProps {
  mentors: readonly MentorCard[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** Mentors by name; arrow keys move between them. */
export function MentorList({ mentors, chosen, onChoose }: MentorListProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = mentors.findIndex((mentor) => mentor.id === chosen);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: mentors.length - 1 }[event.key];
    const next = to === undefined ? undefined : mentors[to];
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-mentor="${next.id}"]`)?.focus();
  };
  return (
    <div ref={list} className={css.mentors} role="listbox" aria-label="Mentors" onKeyDown={onKeyDown}>
      {mentors.map((mentor) => (
        <div
          key={mentor.id}
          role="option"
          data-mentor={mentor.id}
          aria-selected={mentor.id === chosen}
          tabIndex={mentor.id === chosen ? 0 : -1}
          className={css.mentor}
          onClick={() => onChoose(mentor.id)}
        >
          <span className="row">
            <span className="medium ellipsis grow">{mentor.name}</span>
            {mentor.closed ? (
              <span className="small quiet">Closed</span>
            ) : (
              <span className={`small ${mentor.free === 0 ? 'quiet' : 'tone-success'}`}>{mentor.free} free</span>
            )}
          </span>
          <span className="small muted ellipsis">{mentor.headline || mentor.tags.join(', ') || mentor.timeZone}</span>
          <span className="row small">
            <span className="grow">
              <Reputation value={mentor.reputation} count={mentor.reviews} />
            </span>
            <span className="quiet">{mentor.upcoming} booked</span>
          </span>
        </div>
      ))}
    </div>
  );
}
