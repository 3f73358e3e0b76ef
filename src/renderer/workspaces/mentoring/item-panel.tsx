import type { CalendarBooking, CalendarSlot } from '../../../shared/contract/mentoring';
import type { BookingStatus } from '../../../shared/rules/booking';
import { useCommand } from '../../client/hooks';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/confirm';
import { KeyValues, Section } from '../../ui/inspector';
import { Pill, type Tone } from '../../ui/marks';
import { notify } from '../../ui/notify';
import css from './mentoring.module.css';
import { ReviewForm } from './review-form';
import { statusText } from './week-calendar';
import { dayText } from './week-layout';

const tones: Partial<Record<string, Tone>> = {
  pending: 'warning',
  confirmed: 'accent',
  completed: 'success',
  available: 'success',
  held: 'warning',
};
const sessionNames: Record<string, string> = { video: 'Video', phone: 'Phone', in_person: 'In person' };

interface BookingPanelProps {
  booking: CalendarBooking;
  mentor: { id: string; name: string };
  /** Has it begun? Only then it can be completed. */
  hasBegun: boolean;
  locked: string | null;
  /** Why no review may be added; null where one may. */
  reviewLocked: string | null;
}

/** One booking, and what can be done with it. */
export function BookingPanel({ booking, mentor: booked, hasBegun, locked, reviewLocked }: BookingPanelProps) {
  const mentor = booked.name;
  const save = useCommand('rows.save');
  const isOpen = booking.status === 'pending' || booking.status === 'confirmed';
  const when = `${dayText(booking.day)}, ${booking.from}–${booking.to}`;
  const become = async (status: BookingStatus, said: string) => {
    const saved = await save.run({
      label: `${said}: ${booking.client} with ${mentor}`.slice(0, 200),
      edits: [{ op: 'update', entity: 'bookings', id: booking.id, values: { status } }],
    });
    if (saved) notify.done(`${said}: ${booking.client} with ${mentor}, ${when}.`);
  };
  const cancel = async (by: 'cancelled_client' | 'cancelled_mentor') => {
    const who = by === 'cancelled_client' ? booking.client : mentor;
    const isSure = await confirm({
      title: `Cancel the session of ${booking.client} with ${mentor}?`,
      body: (
        <>
          <p>{when}. The slot becomes free and can be booked by somebody else.</p>
          <p>
            The client, their guardians and the mentor are told that {who} cancelled. A cancelled booking stays
            cancelled.
          </p>
        </>
      ),
      action: 'Cancel the booking',
      keep: 'Keep it',
      dangerous: true,
    });
    if (isSure) await become(by, 'Cancelled');
  };
  const complete = async () => {
    const isSure = await confirm({
      title: `Complete the session of ${booking.client} with ${mentor}?`,
      body: (
        <p>
          {when}. The session counts as held, and {booking.client} can review it. It cannot be moved or cancelled
          afterwards.
        </p>
      ),
      action: 'Complete the session',
    });
    if (isSure) await become('completed', 'Completed');
  };
  return (
    <>
      <Section>
        <KeyValues
          items={[
            {
              key: 'status',
              name: 'Status',
              value: <Pill tone={tones[booking.status] ?? 'plain'}>{statusText(booking.status)}</Pill>,
            },
            { key: 'client', name: 'Client', value: booking.client },
            { key: 'when', name: 'When', value: when },
            { key: 'service', name: 'Service', value: booking.service || 'The whole slot' },
            { key: 'session', name: 'Session', value: sessionNames[booking.sessionType] ?? booking.sessionType },
            ...(booking.status === 'completed'
              ? [{ key: 'review', name: 'Review', value: booking.isReviewed ? 'Given' : 'Not yet' }]
              : []),
          ]}
        />
      </Section>
      {isOpen && (
        <Section title="What now">
          <div className={css.acts}>
            {booking.status === 'pending' && (
              <Button
                disabled={locked !== null}
                title={locked ?? undefined}
                busy={save.busy}
                onClick={() => void become('confirmed', 'Confirmed')}
              >
                Confirm
              </Button>
            )}
            {booking.status === 'confirmed' && (
              <Button
                disabled={locked !== null || !hasBegun}
                title={locked ?? (hasBegun ? undefined : 'It can be completed once it has begun.')}
                busy={save.busy}
                onClick={() => void complete()}
              >
                Complete
              </Button>
            )}
            <Button
              disabled={locked !== null}
              title={locked ?? undefined}
              onClick={() => void cancel('cancelled_client')}
            >
              Client cancels
            </Button>
            <Button
              disabled={locked !== null}
              title={locked ?? undefined}
              onClick={() => void cancel('cancelled_mentor')}
            >
              Mentor cancels
            </Button>
          </div>
          {booking.status === 'confirmed' && !hasBegun && (
            <p className="small muted">It can be completed once it has begun.</p>
          )}
        </Section>
      )}
      {booking.status === 'completed' && !booking.isReviewed && (
        <ReviewForm booking={booking} mentor={booked} locked={reviewLocked} />
      )}
      {isOpen && locked && (
        <Section>
          <p className="small muted">{locked}</p>
        </Section>
      )}
    </>
  );
}

interface SlotPanelProps {
  slot: CalendarSlot;
  /** Why it cannot be booked now; null where it can. */
  cannotBook: string | null;
  locked: string | null;
  onBook: () => void;
}

/** One slot that nobody has booked. */
export function SlotPanel({ slot, cannotBook, locked, onBook }: SlotPanelProps) {
  const save = useCommand('rows.save');
  const become = (status: CalendarSlot['status'], said: string) =>
    void save.run({
      label: `${said} ${dayText(slot.day)}, ${slot.from}`,
      edits: [{ op: 'update', entity: 'availability_slots', id: slot.id, values: { status } }],
    });
  const isFree = slot.status === 'available';
  return (
    <>
      <Section>
        <KeyValues
          items={[
            {
              key: 'status',
              name: 'Status',
              value: <Pill tone={tones[slot.status] ?? 'plain'}>{statusText(slot.status)}</Pill>,
            },
            { key: 'when', name: 'When', value: `${dayText(slot.day)}, ${slot.from}–${slot.to}` },
            { key: 'from', name: 'Offered', value: slot.ruleId ? 'From the mentor’s hours' : 'By hand' },
          ]}
        />
      </Section>
      <Section title="What now">
        <div className={css.acts}>
          {isFree && (
            <Button disabled={cannotBook !== null} title={cannotBook ?? undefined} onClick={onBook}>
              Book this slot
            </Button>
          )}
          {isFree && (
            <>
              <Button disabled={locked !== null} title={locked ?? undefined} onClick={() => become('held', 'Hold')}>
                Hold
              </Button>
              <Button disabled={locked !== null} title={locked ?? undefined} onClick={() => become('blocked', 'Block')}>
                Block
              </Button>
            </>
          )}
          {(slot.status === 'held' || slot.status === 'blocked') && (
            <Button disabled={locked !== null} title={locked ?? undefined} onClick={() => become('available', 'Free')}>
              Make it free
            </Button>
          )}
        </div>
        {isFree && cannotBook && <p className="small muted">{cannotBook}</p>}
      </Section>
    </>
  );
}
