import { dateText } from './date-text';
import { readRecurrence, type Frequency, type Recurrence } from './recurrence';

const once: Record<Frequency, string> = {
  DAILY: 'Every day',
  WEEKLY: 'Every week',
  MONTHLY: 'Every month',
  YEARLY: 'Every year',
};
const several: Record<Frequency, string> = { DAILY: 'days', WEEKLY: 'weeks', MONTHLY: 'months', YEARLY: 'years' };
const weekdayNames: Record<string, string> = {
  MO: 'Mon',
  TU: 'Tue',
  WE: 'Wed',
  TH: 'Thu',
  FR: 'Fri',
  SA: 'Sat',
  SU: 'Sun',
};
const places: Record<string, string> = { '1': 'first', '2': 'second', '3': 'third', '4': 'fourth', '-1': 'last' };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Every 2 weeks on Mon, Wed, 12 times`; a pattern with parts beyond words is shown as it is, which is exact. */
export function recurrenceText(text: string, locale: string): string {
  const pattern = readRecurrence(text);
  if (typeof pattern === 'string') return text;
  const days = dayWords(pattern);
  if (days === null || pattern.bySetPos.length > 0) return text;
  const every =
    pattern.interval === 1
      ? once[pattern.frequency]
      : `Every ${pattern.interval.toLocaleString(locale)} ${several[pattern.frequency]}`;
  const inMonths =
    pattern.byMonth.length > 0 ? ` in ${pattern.byMonth.map((month) => months[month - 1]).join(', ')}` : '';
  const end =
    pattern.until !== null
      ? `until ${dateText(pattern.until, locale)}`
      : pattern.count === 1
        ? 'once'
        : `${(pattern.count ?? 0).toLocaleString(locale)} times`;
  return `${every}${days}${inMonths}, ${end}`;
}

function dayWords({ byDay, byMonthDay }: Recurrence): string | null {
  if (byDay.length > 0 && byMonthDay.length > 0) return null;
  if (byMonthDay.length > 0) {
    if (byMonthDay.some((day) => day < -1)) return null;
    return ` on ${byMonthDay.map((day) => (day === -1 ? 'the last day' : `day ${day}`)).join(', ')}`;
  }
  const names = byDay.map((day) => {
    const place = /^[+]?(-?\d+)?/.exec(day)?.[1];
    const name = weekdayNames[day.slice(-2)];
    return place === undefined ? name : places[place] ? `the ${places[place]} ${name}` : undefined;
  });
  if (names.some((name) => name === undefined)) return null;
  return names.length > 0 ? ` on ${names.join(', ')}` : '';
}
