import { Modal } from '@mantine/core';
import { useId, useMemo, useState, type FormEvent } from 'react';
import type { MentorCard, Shown } from '../../../shared/contract/mentoring';
import { moneyText } from '../../../shared/rules/number-text';
import { useCommand, useQuestion, useSync } from '../../client/hooks';
import { takeBack } from '../../client/take-back';
import { useLookups } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { notify, ProblemText } from '../../ui/notify';
import { EmptyState, ErrorState, LoadingState, Note } from '../../ui/states';
import { ClientField } from './client-field';
import css from './mentoring.module.css';
import { useRowsOf } from './use-rows';
import { addDays, dayText } from './week-layout';

interface BookDialogProps {
  mentor: MentorCard;
  /** Where the list of free slots begins. */
  from: string;
  /** Chosen at first. */
  slot: Shown | null;
  onClose: () => void;
  onBooked: (id: string) => void;
}

const DAYS_SHOWN = 28;

/** Books a session: for whom, which service, in which free slot. */
export function BookDialog(props: BookDialogProps) {
  return (
    <Modal opened onClose={props.onClose} title={`Book ${props.mentor.name}`} size={560} centered={false} yOffset={64}>
      <BookForm {...props} />
    </Modal>
  );
}

type SessionType = 'video' | 'phone' | 'in_person';
const sessionTypes: [SessionType, string][] = [
  ['video', 'Video'],
  ['phone', 'Phone'],
  ['in_person', 'In person'],
];

function BookForm({ mentor, from, slot, onClose, onBooked }: BookDialogProps) {
  const id = useId();
  const lookups = useLookups();
  const sync = useSync();
  const services = useRowsOf('services', mentor.id)?.filter((service) => service['isActive'] !== false);
  const [clientId, setClient] = useState<string | null>(null);
  const [serviceId, setService] = useState('');
  const [sessionType, setSessionType] = useState<SessionType>('video');
  const [isConfirmed, setConfirmed] = useState(true);
  const [slotId, setSlot] = useState<string | null>(slot?.id ?? null);
  const book = useCommand('mentoring.book', { quiet: true });
  const service = services?.find((one) => one.id === serviceId);
  const minutes = typeof service?.['durationMinutes'] === 'number' ? service['durationMinutes'] : 0;
  const until = addDays(from, DAYS_SHOWN - 1);
  const asked = useQuestion('mentoring.free-slots', { mentorId: mentor.id, from, until, minutes }, { keep: true });
  const chosen = asked.data?.find((one) => one.id === slotId);
  const step = !clientId ? 'Choose who the session is for.' : !chosen ? 'Choose a free slot.' : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!clientId || !chosen) return;
    const saved = await book.run({
      mentorId: mentor.id,
      clientId,
      serviceId: serviceId || null,
      start: chosen.start,
      end: minutes > 0 ? chosen.start + minutes * 60_000 : chosen.end,
      status: isConfirmed ? 'confirmed' : 'pending',
      sessionType,
    });
    if (!saved) return;
    notify.done(`${mentor.name} is booked on ${dayText(chosen.day)} at ${chosen.from}.`, {
      undo: () => takeBack(saved.mutationId),
    });
    onBooked(saved.ids[0] ?? '');
  };
  const price = (row: NonNullable<typeof service>): string =>
    typeof row['price'] === 'number' ? moneyText(row['price'], String(row['currency']), lookups.locale) : '';
  return (
    <form className={css.form} noValidate aria-label={`Book ${mentor.name}`} onSubmit={(event) => void submit(event)}>
      <ClientField value={clientId} issue={undefined} onChange={setClient} />
      <div className={css.pair}>
        <div className={css.field}>
          <label htmlFor={`${id}-service`}>Service</label>
          <select
            id={`${id}-service`}
            className={css.input}
            value={serviceId}
            onChange={(event) => setService(event.target.value)}
          >
            <option value="">None: the whole slot</option>
            {services?.map((one) => (
              <option key={one.id} value={one.id}>
                {String(one['title'])} · {String(one['durationMinutes'])} min · {price(one)}
              </option>
            ))}
          </select>
        </div>
        <div className={css.field}>
          <label htmlFor={`${id}-type`}>Session</label>
          <select
            id={`${id}-type`}
            className={css.input}
            value={sessionType}
            onChange={(event) => setSessionType(event.target.value as SessionType)}
          >
            {sessionTypes.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div>
        <p className={css.label}>
          Free slots from {dayText(from)} to {dayText(until)}, {mentor.timeZone}
        </p>
        <div className={css.slots} aria-busy={asked.isPending}>
          {asked.error && <ErrorState problem={asked.error.problem} onRetry={() => void asked.refetch()} />}
          {asked.isPending && !asked.error && <LoadingState rows={4} label="Looking for free slots" />}
          {asked.data?.length === 0 && (
            <EmptyState title={minutes > 0 ? `No free slot holds ${minutes} minutes` : 'No free slot in these weeks'}>
              Offer more time in the mentor’s availability, or choose another service or week.
            </EmptyState>
          )}
          {asked.data && asked.data.length > 0 && <SlotChoice slots={asked.data} chosen={slotId} onChoose={setSlot} />}
        </div>
      </div>
      <label className="row">
        <input type="checkbox" checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)} />
        <span>Confirmed already; otherwise it waits to be confirmed</span>
      </label>
      {sync !== undefined && sync.connection !== 'online' && (
        <Note tone="info" role="status">
          This desk is offline. Booking works; the slot is provisional until the booking has been sent.
        </Note>
      )}
      {book.problem && (
        <Note tone="danger" role="alert">
          <p className="medium">Not booked. Everything you chose is still here.</p>
          <ProblemText problem={book.problem} />
        </Note>
      )}
      <div className={css.foot}>
        <span className="small muted grow" role="status">
          {step ?? 'The client, guardians and the mentor are told.'}
        </span>
        <Button type="button" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="primary" busy={book.busy} disabled={step !== null}>
          {chosen ? `Book ${dayText(chosen.day)}, ${chosen.from}` : 'Book'}
        </Button>
      </div>
    </form>
  );
}

interface SlotChoiceProps {
  slots: readonly Shown[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** Free slots day by day, as one group of choices. */
function SlotChoice({ slots, chosen, onChoose }: SlotChoiceProps) {
  const byDay = useMemo(() => [...Map.groupBy(slots, (slot) => slot.day)], [slots]);
  return (
    <div role="radiogroup" aria-label="Free slots">
      {byDay.map(([day, ofDay]) => (
        <div key={day} className={css.slotDay}>
          <span className="small medium">{dayText(day)}</span>
          <span className={css.chips}>
            {ofDay.map((slot) => (
              <label key={slot.id} className={css.slotChip} data-chosen={slot.id === chosen || undefined}>
                <input
                  type="radio"
                  name="free-slot"
                  className="only-read-aloud"
                  checked={slot.id === chosen}
                  aria-label={`${dayText(day)}, ${slot.from} to ${slot.to}`}
                  onChange={() => onChoose(slot.id)}
                />
                {slot.from}–{slot.to}
              </label>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}
