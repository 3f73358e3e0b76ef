/** Times and numbers as people of this locale write them. */

const numbers = new Intl.NumberFormat();
// As in the cells of a grid (`rules/date-text`): one way for every English, day first and 24 hours, which nobody misreads.
const { locale } = numbers.resolvedOptions();
const place = locale.startsWith('en') ? 'en-GB' : locale;
const time = new Intl.DateTimeFormat(place, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayAndMonth = new Intl.DateTimeFormat(place, { day: 'numeric', month: 'short' });
const wholeDate = new Intl.DateTimeFormat(place, { day: 'numeric', month: 'short', year: 'numeric' });

const dayLength = 86_400_000;
const midnightOf = (at: number) => new Date(at).setHours(0, 0, 0, 0);

export const timeText = (at: number): string => time.format(at);

/** `Today, 10:42`, `Yesterday, 17:30`, `18 Nov, 08:12`, or with the year where it is another one. `at` in milliseconds. */
export function momentText(at: number, now: number = Date.now()): string {
  const days = Math.round((midnightOf(now) - midnightOf(at)) / dayLength);
  if (days === 0) return `Today, ${timeText(at)}`;
  if (days === 1) return `Yesterday, ${timeText(at)}`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return `${(sameYear ? dayAndMonth : wholeDate).format(at)}, ${timeText(at)}`;
}

export const countText = (count: number): string => numbers.format(count);

/** `1 change`, `12 changes`. */
export const counted = (count: number, one: string, many: string = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

/** How long ago, in its largest unit: `3 days`, `5 hours`; empty under a minute. */
export function ageText(at: number, now: number = Date.now()): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return '';
  if (minutes < 60) return counted(minutes, 'minute');
  return minutes < 48 * 60 ? counted(Math.floor(minutes / 60), 'hour') : counted(Math.floor(minutes / 1440), 'day');
}

/** How long something will still take, no finer than it can be known: `a few seconds`, `about 40 seconds`, `about 3 minutes`. */
export function timeLeftText(seconds: number): string {
  if (seconds < 10) return 'a few seconds';
  if (seconds < 100) return `about ${countText(Math.round(seconds / 10) * 10)} seconds`;
  return `about ${counted(Math.round(seconds / 60), 'minute')}`;
}

/** `640 bytes`, `12 kB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  return bytes < 1_000_000
    ? `${countText(Math.round(bytes / 1000))} kB`
    : `${numbers.format(Math.round(bytes / 100_000) / 10)} MB`;
}

/** Today where the person is. */
export function today(now: Date = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
