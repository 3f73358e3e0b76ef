import {
  readRecurrence,
  weekdays,
  writeRecurrence,
  type Frequency,
  type Recurrence,
  type Weekday,
} from '../../../shared/rules/recurrence';

/** A rule as the form holds it: plain choices instead of a pattern. */
export interface RuleDraft {
  startsOn: string;
  startTime: string;
  endTime: string;
  slotMinutes: number | null;
  frequency: Frequency;
  interval: number;
  days: Weekday[];
  ends: 'count' | 'until';
  count: number;
  until: string;
  isActive: boolean;
  /** Parts of a pattern this form has no choice for: they are kept. */
  rest: Pick<Recurrence, 'byMonthDay' | 'byMonth' | 'bySetPos' | 'weekStart'> & { ordinals: string[] };
}

const plainRest: RuleDraft['rest'] = { byMonthDay: [], byMonth: [], bySetPos: [], weekStart: 'MO', ordinals: [] };

const weekdayOf = (day: string): Weekday => weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!;

export const newDraft = (today: string): RuleDraft => ({
  startsOn: today,
  startTime: '09:00',
  endTime: '12:00',
  slotMinutes: 60,
  frequency: 'WEEKLY',
  interval: 1,
  days: [weekdayOf(today)],
  ends: 'count',
  count: 12,
  until: '',
  isActive: true,
  rest: plainRest,
});

/** The draft of a rule that exists. */
export function draftOf(rule: Readonly<Record<string, unknown>>, today: string): RuleDraft {
  const plain = newDraft(today);
  const pattern = readRecurrence(String(rule['recurrence'] ?? ''));
  const known = typeof pattern === 'string' ? null : pattern;
  const isPlainDay = (day: string): day is Weekday => (weekdays as readonly string[]).includes(day);
  return {
    startsOn: String(rule['startsOn'] ?? today),
    startTime: String(rule['startTime'] ?? plain.startTime),
    endTime: String(rule['endTime'] ?? plain.endTime),
    slotMinutes: typeof rule['slotMinutes'] === 'number' ? rule['slotMinutes'] : null,
    frequency: known?.frequency ?? plain.frequency,
    interval: known?.interval ?? 1,
    days: known?.byDay.filter(isPlainDay) ?? plain.days,
    ends: known?.until ? 'until' : 'count',
    count: known?.count ?? plain.count,
    until: known?.until ?? '',
    isActive: rule['isActive'] !== false,
    rest: known ? { ...plainRest, ...pick(known), ordinals: known.byDay.filter((day) => !isPlainDay(day)) } : plainRest,
  };
}

const pick = ({ byMonthDay, byMonth, bySetPos, weekStart }: Recurrence) => ({
  byMonthDay,
  byMonth,
  bySetPos,
  weekStart,
});

/** The pattern of a draft; days of the week count for weeks only, unless they were in the pattern already. */
export function patternOf({ frequency, interval, days, ends, count, until, rest }: RuleDraft): string {
  const { ordinals, ...parts } = rest;
  const isWeekly = frequency === 'WEEKLY';
  return writeRecurrence({
    ...parts,
    frequency,
    interval,
    byDay: isWeekly ? weekdays.filter((day) => days.includes(day)) : ordinals,
    count: ends === 'count' ? count : null,
    until: ends === 'until' ? until : null,
  });
}

/** What is still missing before dates can be told; null where nothing is. */
export function missing(draft: RuleDraft): string | null {
  if (!draft.startsOn) return 'Choose the first day.';
  if (!draft.startTime || !draft.endTime) return 'Choose from when to when.';
  if (draft.frequency === 'WEEKLY' && draft.days.length === 0) return 'Choose at least one day of the week.';
  if (draft.ends === 'until' && !draft.until) return 'Choose the last day.';
  if (draft.ends === 'until' && draft.until < draft.startsOn) return 'The last day is before the first.';
  if (draft.ends === 'count' && !(draft.count >= 1)) return 'Say how many times.';
  return null;
}
