import { IconCalendarPlus, IconChevronLeft, IconChevronRight, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { MentorCard, Shown } from '../../../shared/contract/mentoring';
import { entityOf } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { whyNot } from '../../../shared/rules/permit';
import { useChosenPrograms, useCommand, useQuestion, useSync, useUser } from '../../client/hooks';
import { usePanelWidth } from '../../client/panels';
import { pathOf } from '../../client/paths';
import { useLookups } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { Inspector } from '../../ui/inspector';
import { counted } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { FilterBar, TitleBar, Workspace } from '../../ui/workspace';
import { BookDialog } from './book-dialog';
import { BookingPanel, SlotPanel } from './item-panel';
import { MentorList } from './mentor-list';
import { MentorPanel } from './mentor-panel';
import css from './mentoring.module.css';
import { RuleDialog, weeksAhead } from './rule-dialog';
import { WeekCalendar } from './week-calendar';
import { addDays, dayText, isCancelled, isOver, placed, type Placed } from './week-layout';

/** Mentors at the left, the week of one in the middle, what is chosen at the right. */
export function MentoringPage() {
  const programs = useChosenPrograms();
  const sync = useSync();
  const [, goTo] = useLocation();
  const { mentor: asked } = useParams<{ mentor?: string }>();
  const { data, error, refetch } = useQuestion('mentoring.mentors', { programs }, { keep: true });
  const mentor = data?.find((one) => one.id === asked) ?? data?.[0];
  if (!data || !mentor) {
    return (
      <Workspace>
        <TitleBar title="Mentoring" />
        {error && <ErrorState problem={error.problem} onRetry={() => void refetch()} />}
        {!error && (!data || sync?.loading) && <LoadingState rows={12} label="Loading mentors" />}
        {!error && data && !sync?.loading && (
          <EmptyState
            title="There is no mentor here yet"
            action={<Button onClick={() => goTo(pathOf('mentors'))}>Open the list of mentors</Button>}
          >
            A program admin adds mentors. Then their hours, bookings and feedback are shown here.
          </EmptyState>
        )}
      </Workspace>
    );
  }
  // A mentor's screen of its own: what was chosen in another one's week means nothing here.
  return (
    <MentorWeek
      key={mentor.id}
      mentor={mentor}
      mentors={data}
      onMentor={(id) => goTo(`/mentoring/${id}`, { replace: true })}
    />
  );
}

interface MentorWeekProps {
  mentor: MentorCard;
  mentors: readonly MentorCard[];
  onMentor: (id: string) => void;
}
type Dialog = { kind: 'book'; slot: Shown | null } | { kind: 'rule'; rule: AnyRow | null };

function MentorWeek({ mentor, mentors, onMentor }: MentorWeekProps) {
  const user = useUser();
  const lookups = useLookups();
  const [day, setDay] = useState<string | undefined>(undefined);
  const [chosen, setChosen] = useState<string | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [width, setWidth] = usePanelWidth('mentoring', 304);
  const asked = useQuestion('mentoring.week', { mentorId: mentor.id, ...(day ? { day } : {}) }, { keep: true });
  const refresh = useCommand('mentoring.refresh-slots');
  const week = asked.data;
  const items = week ? placed(week) : [];
  const isFree = (item: Placed): boolean =>
    week !== undefined && item.kind === 'slot' && item.slot.status === 'available' && !isOver(item, week.today);
  const slot = week?.slots.find((one) => one.id === chosen);
  const booking = week?.bookings.find((one) => one.id === chosen);
  const locked = (
    name: 'bookings' | 'availability_slots' | 'availability_rules' | 'booking_reviews',
    verb: 'create' | 'update' = 'update',
  ): string | null => (user ? whyNot(user, entityOf(name), verb, { programId: mentor.programId }) : 'Sign in first.');
  const show = (next: string | undefined) => {
    setChosen(null);
    setDay(next);
  };
  const turn = (days: number) => show(addDays(week?.days[0] ?? '', days));
  const offer = async () => {
    const done = await refresh.run({ mentorId: mentor.id, weeks: weeksAhead });
    if (!done) return;
    const { added, removed } = done;
    notify.done(
      added + removed === 0
        ? `Every slot of the next ${weeksAhead} weeks is there already.`
        : `${counted(added, 'slot')} added, ${removed} taken back.`,
    );
  };
  const side = (
    <Inspector
      label={booking ? 'Booking' : slot ? 'Slot' : 'Mentor'}
      title={booking ? booking.client : slot ? `${dayText(slot.day)}, ${slot.from}` : mentor.name}
      subtitle={booking || slot ? `with ${mentor.name}` : mentor.headline || mentor.timeZone}
      width={width}
      onWidth={setWidth}
      {...(chosen ? { onClose: () => setChosen(null) } : {})}
    >
      {booking && week ? (
        <BookingPanel
          key={booking.id}
          booking={booking}
          mentor={mentor}
          hasBegun={items.some((item) => item.key === booking.id && isOver(item, week.today))}
          locked={locked('bookings')}
          reviewLocked={locked('booking_reviews', 'create')}
        />
      ) : slot && week ? (
        <SlotPanel
          slot={slot}
          cannotBook={
            items.some((item) => item.key === slot.id && isOver(item, week.today))
              ? 'This slot has begun or is over.'
              : week.mayBook
          }
          locked={locked('availability_slots')}
          onBook={() => setDialog({ kind: 'book', slot })}
        />
      ) : (
        <MentorPanel
          mentor={mentor}
          locale={lookups.locale}
          locked={locked('availability_rules')}
          onRule={(rule) => setDialog({ kind: 'rule', rule })}
        />
      )}
    </Inspector>
  );
  const first = week?.days[0] ?? '';
  const isEmpty = week !== undefined && week.slots.length + week.bookings.length === 0;
  return (
    <Workspace side={side}>
      <TitleBar title="Mentoring" count={counted(mentors.length, 'mentor')}>
        <Button
          icon={<IconRefresh size={16} />}
          busy={refresh.busy}
          disabled={locked('availability_slots') !== null}
          title={locked('availability_slots') ?? `Offers the hours of ${mentor.name} for the next ${weeksAhead} weeks`}
          onClick={() => void offer()}
        >
          Offer slots
        </Button>
        <Button
          look="primary"
          icon={<IconCalendarPlus size={16} />}
          disabled={!week || week.mayBook !== null}
          title={week?.mayBook ?? undefined}
          onClick={() => setDialog({ kind: 'book', slot: null })}
        >
          Book a session
        </Button>
      </TitleBar>
      <FilterBar end={<span className="small muted">Hours of {mentor.timeZone}</span>}>
        <Button
          small
          look="ghost"
          icon={<IconChevronLeft size={16} />}
          aria-label="The week before"
          onClick={() => turn(-7)}
        />
        <Button small onClick={() => show(undefined)}>
          This week
        </Button>
        <Button
          small
          look="ghost"
          icon={<IconChevronRight size={16} />}
          aria-label="The week after"
          onClick={() => turn(7)}
        />
        <input
          type="date"
          className={css.jump}
          aria-label="Show the week of"
          value={day ?? week?.today.day ?? ''}
          onChange={({ target }) => target.value && show(target.value)}
        />
        <span className="medium" aria-live="polite">
          {first && `${dayText(first)} – ${dayText(week?.days[6] ?? '')} ${first.slice(0, 4)}`}
        </span>
      </FilterBar>
      <div className={css.split}>
        <MentorList mentors={mentors} chosen={mentor.id} onChoose={onMentor} />
        <div className={css.middle}>
          {asked.error && <ErrorState problem={asked.error.problem} onRetry={() => void asked.refetch()} />}
          {!week && !asked.error && <LoadingState rows={12} label="Loading the week" />}
          {week && <WeekCalendar week={week} chosen={chosen} onChoose={setChosen} />}
          {isEmpty && (
            <div className={css.nothing} role="status">
              <span className="grow">{mentor.name} offers nothing in this week.</span>
              <Button
                small
                disabled={locked('availability_rules') !== null}
                title={locked('availability_rules') ?? undefined}
                onClick={() => setDialog({ kind: 'rule', rule: null })}
              >
                Add hours
              </Button>
            </div>
          )}
        </div>
      </div>
      {week && (
        <StatusSlot>
          <span>
            <b>{items.filter(isFree).length}</b> free
          </span>
          <span>{counted(week.bookings.filter((one) => !isCancelled(one)).length, 'booking')} this week</span>
          {week.bookings.some(isCancelled) && <span>{week.bookings.filter(isCancelled).length} cancelled</span>}
        </StatusSlot>
      )}
      {dialog?.kind === 'book' && week && (
        <BookDialog
          mentor={mentor}
          from={first > week.today.day ? first : week.today.day}
          slot={dialog.slot}
          onClose={() => setDialog(null)}
          onBooked={(id) => (setDialog(null), setChosen(id))}
        />
      )}
      {dialog?.kind === 'rule' && week && (
        <RuleDialog mentor={mentor} rule={dialog.rule} today={week.today.day} onClose={() => setDialog(null)} />
      )}
    </Workspace>
  );
}
