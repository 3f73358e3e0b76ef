import { newId, type FieldKind, type FieldOf } from '../model';

/** Values that no field of a kind may hold: of the wrong type, too long, out of range, of no such day. For tests of every field. */
export const wrongValues: { [K in FieldKind]: (field: FieldOf<K>) => unknown[] } = {
  text: ({ options: { max, min, timeZone } }) => [
    5,
    { a: 1 },
    'x'.repeat(max + 1),
    ...(min ? ['x'.repeat(min - 1)] : []),
    ...(timeZone ? ['Lagos', 'Mars/Olympus', '+01:00', 'EST'] : []),
  ],
  markdown: ({ options }) => [5, ['a'], 'x'.repeat((options.max ?? 2_000_000) + 1)],
  email: () => [5, 'ada', 'ada@example', 'a b@example.org', `${'x'.repeat(250)}@example.org`],
  slug: () => [5, 'Not A Slug', 'ünï', 'x'.repeat(256)],
  url: () => [5, 'javascript:alert(1)', 'two words', `https://example.org/${'x'.repeat(2000)}`],
  integer: ({ options: { min = -2_147_483_648, max = 2_147_483_647 } }) => ['5', 1.5, true, min - 1, max + 1, 1e12],
  money: ({ options: { min } }) => ['5', 1.5, 2 ** 53, ...(min === undefined ? [] : [min - 1])],
  currency: () => [5, 'ngn', 'NAIRA', '₦'],
  percent: () => ['5', -1, 101, 1.5],
  boolean: () => ['yes', 1, 'true'],
  choice: () => [5, 'no such thing'],
  option: () => [5, 'no-such-option', 'x'.repeat(101)],
  reference: () => [5, 'nobody', newId()],
  list: () => ['one', [5], { a: 1 }, [''], ['a', null]],
  json: () => [],
  date: () => [
    '2026-02-30',
    '2025-02-29',
    '2026-00-10',
    '2026-13-01',
    'tomorrow',
    '04/09/2026',
    20_260_904,
    'infinity',
  ],
  timestamp: () => ['2026-01-01', 1.5, 1e17],
  time: () => ['25:00', '24:61', '23:60:00', '9:30', '09:60', 930],
  timeRange: () => ['now', [5], [2000, 1000], [1000, 1000], [1, 2, 3], ['a', 'b'], [1.5, 2.5]],
  recurrence: () => [
    5,
    'every monday',
    'FREQ=WEEKLY',
    'FREQ=SOMETIMES;COUNT=2',
    'FREQ=WEEKLY;COUNT=0',
    'FREQ=DAILY;RANDOM=1;COUNT=2',
  ],
  order: () => ['1', 0, -1, 1.5, 1_000_001, 2 ** 31, 1e300],
  sensitive: ({ options: { parts } }) => {
    const part = Object.keys(parts)[0]!;
    return ['x', ['x'], { nobody: 'x' }, { [part]: 5 }, { [part]: ['x'] }, { [part]: 'x'.repeat(40_000) }];
  },
  generated: () => [],
};
