import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { CalendarWeek } from '../../../shared/contract/mentoring';
import css from './mentoring.module.css';
import { dayText, hoursOf, isOver, neighbour, placed, weekdayText, type Placed } from './week-layout';

const HOUR_HEIGHT = 44;
const statusWords: Record<string, string> = {
  available: 'Free',
  held: 'Held',
  blocked: 'Blocked',
  booked: 'Booked',
  pending: 'To confirm',
  confirmed: 'Confirmed',
  completed: 'Completed',
  cancelled_client: 'Cancelled by the client',
  cancelled_mentor: 'Cancelled by the mentor',
};
export const statusText = (status: string): string => statusWords[status] ?? status;

interface WeekCalendarProps {
  week: CalendarWeek;
  chosen: string | null;
  onChoose: (key: string | null) => void;
}

/** One week, hour by hour. One stop of the Tab key; the arrow keys move from one thing to the next. */
export function WeekCalendar({ week, chosen, onChoose }: WeekCalendarProps) {
  const items = placed(week);
  const { first, last } = hoursOf(items);
  const body = useRef<HTMLDivElement>(null);
  const entry = items.some((item) => item.key === chosen) ? chosen : (items[0]?.key ?? null);
  const firstTop = items[0]?.top ?? 9 * 60;
  const firstDay = week.days[0];
  useEffect(() => {
    body.current?.scrollTo({ top: Math.max(0, (firstTop / 60 - first) * HOUR_HEIGHT - 12) });
    // Only when another week or mentor is shown: nothing moves while data arrives.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [firstDay]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && chosen) {
      event.preventDefault();
      onChoose(null);
      return;
    }
    const to = neighbour(items, week.days, chosen ?? entry, event.key);
    if (!to) return;
    event.preventDefault();
    onChoose(to);
    body.current?.querySelector<HTMLElement>(`[data-item="${to}"]`)?.focus();
  };
  const hours = Array.from({ length: last - first }, (_, at) => first + at);
  const topOf = (minutes: number): number => ((minutes - first * 60) / 60) * HOUR_HEIGHT;
  return (
    <div className={css.calendar} role="group" aria-label={`Week of ${dayText(week.days[0] ?? '')}`}>
      <div className={css.dayHeads}>
        <span />
        {week.days.map((day) => (
          <span key={day} className={css.dayHead} data-today={day === week.today.day || undefined}>
            <span className="small">{weekdayText(day)}</span> <b>{Number(day.slice(8))}</b>
          </span>
        ))}
      </div>
      <div ref={body} className={css.dayBodies} onKeyDown={onKeyDown}>
        <div className={css.hours} style={{ height: hours.length * HOUR_HEIGHT }} aria-hidden>
          {hours.map((hour) => (
            <span key={hour} className={css.hour} style={{ top: topOf(hour * 60) }}>
              {String(hour).padStart(2, '0')}:00
            </span>
          ))}
        </div>
        {week.days.map((day) => (
          <div
            key={day}
            className={css.day}
            style={{ height: hours.length * HOUR_HEIGHT, backgroundSize: `100% ${HOUR_HEIGHT}px` }}
            data-past={day < week.today.day || undefined}
            role="list"
            aria-label={dayText(day)}
          >
            {items
              .filter((item) => item.day === day)
              .map((item) => (
                <div
                  key={item.key}
                  role="listitem"
                  className={css.place}
                  style={{ top: topOf(item.top) + 1, height: Math.max(18, topOf(item.bottom) - topOf(item.top) - 2) }}
                >
                  <Item
                    item={item}
                    over={isOver(item, week.today)}
                    chosen={item.key === chosen}
                    stops={item.key === entry}
                    onChoose={onChoose}
                  />
                </div>
              ))}
            {day === week.today.day && week.today.minutes >= first * 60 && week.today.minutes < last * 60 && (
              <span className={css.now} style={{ top: topOf(week.today.minutes) }} aria-hidden />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface ItemProps {
  item: Placed;
  /** It lies in the past. */
  over: boolean;
  chosen: boolean;
  stops: boolean;
  onChoose: (key: string) => void;
}

function Item({ item, over, chosen, stops, onChoose }: ItemProps) {
  const { status, from, to } = item.kind === 'slot' ? item.slot : item.booking;
  const who = item.kind === 'booking' ? item.booking.client : '';
  const isShort = item.bottom - item.top < 45;
  const words = over && status === 'available' ? 'Not booked' : statusText(status);
  return (
    <button
      type="button"
      data-item={item.key}
      data-status={status}
      data-kind={item.kind}
      data-short={isShort || undefined}
      data-over={over || undefined}
      aria-label={`${who ? `${who}, ` : ''}${words}, ${from} to ${to}`}
      aria-pressed={chosen}
      tabIndex={stops ? 0 : -1}
      className={css.item}
      onClick={() => onChoose(item.key)}
    >
      <span className={`ellipsis ${who ? 'medium' : ''}`}>{who || words}</span>
      <span className={`${css.itemTime} ellipsis`}>
        {from}
        <span className={css.wide}>
          –{to}
          {who && !isShort ? ` · ${words}` : ''}
        </span>
      </span>
    </button>
  );
}
