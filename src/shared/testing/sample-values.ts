import { entityOf, type EntityName } from '../entities';
import type { Field, FieldKind, FieldOf, FieldValues } from '../model';

/** Two different valid values for every kind of field: before and after an edit. */
const samples = {
  text: (f, n) =>
    f.options.timeZone ? (n % 2 === 0 ? 'Africa/Lagos' : 'Europe/London') : `Größe 测试 ${n}`.slice(0, f.options.max),
  markdown: (_f, n) => `# Title ${n}\n\n- one\n- **two** 🏊`,
  email: (_f, n) => `person-${n}@example.org`,
  slug: (_f, n) => `slug-${n}`,
  url: (_f, n) => `https://example.org/${n}`,
  integer: ({ options: { min = 0, max = 1_000_000 } }, n) => min + ((n + 3) % (max - min + 1)),
  money: (_f, n) => 150_000 + n,
  // A program has one.
  currency: () => 'NGN',
  percent: (_f, n) => 10 + (n % 50),
  boolean: (_f, n) => n % 2 === 0,
  choice: (f, n) => f.options.values[n % f.options.values.length]!,
  option: (_f, n) => (n % 2 === 0 ? 'first' : 'second'),
  reference: () => '',
  list: (_f, n) => [`one ${n}`, 'two'],
  json: (_f, n) => ({ b: [n, null, true], a: { z: 1, a: 'x' } }),
  date: (_f, n) => `2026-0${1 + (n % 8)}-15`,
  timestamp: (_f, n) => 1_700_000_000_000 + n,
  time: (_f, n) => `${String(n % 24).padStart(2, '0')}:30`,
  timeRange: (_f, n) => [1_700_000_000_000 + n, 1_700_000_900_000 + n],
  recurrence: (_f, n) => `FREQ=WEEKLY;INTERVAL=${1 + (n % 50)};COUNT=10`,
  order: (_f, n) => 1 + n,
  sensitive: (f, n) => ({ [Object.keys(f.options.parts)[0]!]: `secret ${n}` }),
  generated: (_f, n) => `GEN-${n}`,
} satisfies { [K in FieldKind]: (field: FieldOf<K>, n: number) => FieldValues[K] };

export const sampleValue = (field: Field, n: number): unknown =>
  (samples[field.kind] as (field: Field, n: number) => unknown)(field, n);

/** What must fit together in one row: see `rules/row-rules`. */
const fitting: Partial<Record<EntityName, Record<string, unknown>>> = {
  payments: { bookingId: null, subscriptionId: null },
  assessment_questions: { questionType: 'single', options: [{ label: 'A', value: 'a' }], scoring: { a: 1 } },
};

/**
 * Values for a row of an entity as a person would give them.
 * @param refer gives the id of a row to refer to
 */
export function sampleValues(
  name: EntityName,
  n: number,
  refer: (to: EntityName, where: Record<string, readonly string[]>) => string,
): Record<string, unknown> {
  const values = Object.fromEntries(
    Object.entries(entityOf(name).fields).flatMap(([field, declared]) => {
      if (declared.options.readOnly || declared.kind === 'generated') return [];
      const value =
        declared.kind === 'reference'
          ? refer(declared.options.to as EntityName, declared.options.where ?? {})
          : sampleValue(declared, n);
      return [[field, value]];
    }),
  );
  return { ...values, ...fitting[name] };
}
