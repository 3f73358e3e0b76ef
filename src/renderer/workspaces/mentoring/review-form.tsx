import { useId, useState, type FormEvent } from 'react';
import type { CalendarBooking } from '../../../shared/contract/mentoring';
import { newId } from '../../../shared/model';
import { useCommand } from '../../client/hooks';
import { takeBack } from '../../client/take-back';
import { Button } from '../../ui/button';
import { Section } from '../../ui/inspector';
import { notify } from '../../ui/notify';
import css from './mentoring.module.css';

interface ReviewFormProps {
  booking: CalendarBooking;
  mentor: { id: string; name: string };
  /** Why no review may be written; null where one may. */
  locked: string | null;
}

const ratings: [number, string][] = [
  [5, 'Excellent'],
  [4, 'Good'],
  [3, 'Fair'],
  [2, 'Poor'],
  [1, 'Bad'],
];

/** Writes down what the client of a completed booking thought of it. */
export function ReviewForm({ booking, mentor, locked }: ReviewFormProps) {
  const id = useId();
  const [rating, setRating] = useState('');
  const [comment, setComment] = useState('');
  const save = useCommand('rows.save');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (locked !== null || rating === '') return;
    const values = {
      bookingId: booking.id,
      reviewerId: booking.clientId,
      mentorId: mentor.id,
      rating: Number(rating),
      comment: comment.trim() || null,
    };
    const saved = await save.run({
      label: `Review of ${mentor.name} by ${booking.client}`.slice(0, 200),
      edits: [{ op: 'insert', entity: 'booking_reviews', id: newId(), values }],
      via: 'form',
    });
    if (saved)
      notify.done(`Saved what ${booking.client} thought of ${mentor.name}.`, {
        undo: () => takeBack(saved.mutationId),
      });
  };
  return (
    <Section title="Review">
      <form
        className={css.form}
        noValidate
        aria-label={`Review by ${booking.client}`}
        onSubmit={(event) => void submit(event)}
      >
        <div className={css.field}>
          <label htmlFor={`${id}-rating`}>Rating</label>
          <select
            id={`${id}-rating`}
            className={css.input}
            value={rating}
            disabled={locked !== null}
            onChange={(event) => setRating(event.target.value)}
          >
            <option value="">Choose, of 5</option>
            {ratings.map(([value, word]) => (
              <option key={value} value={value}>
                {value} of 5 · {word}
              </option>
            ))}
          </select>
        </div>
        <div className={css.field}>
          <label htmlFor={`${id}-comment`}>What {booking.client} said</label>
          <textarea
            id={`${id}-comment`}
            className={css.text}
            rows={3}
            maxLength={4000}
            value={comment}
            disabled={locked !== null}
            onChange={(event) => setComment(event.target.value)}
          />
        </div>
        <div className={css.acts}>
          <Button
            type="submit"
            small
            busy={save.busy}
            disabled={locked !== null || rating === ''}
            title={locked ?? (rating === '' ? 'Choose a rating first.' : undefined)}
          >
            Save review
          </Button>
        </div>
        {locked && <p className="small muted">{locked}</p>}
      </form>
    </Section>
  );
}
