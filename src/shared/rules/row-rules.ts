import type { EntityName } from '../entities';

/**
 * What must hold between the fields of one row, by entity. The desk checks it before it writes; the central database has a CHECK constraint
 * for each, made from the same line (`central/row-checks.ts`).
 */
export type RowRule = { field: string; message: string } & RowRuleKind;
type RowRuleKind =
  /** `field` is not before `from`, where both are given. Dates or times. */
  | { kind: 'notBefore'; from: string }
  /** Exactly one of these is given. */
  | { kind: 'exactlyOne'; of: readonly string[] }
  /** The answers of a question fit its type. */
  | { kind: 'answers'; type: string }
  /** Points by name, or points by dimension and name. */
  | { kind: 'points' };

const day = 'The last day is before the first. Choose a later day, or leave it empty.';
const order = (field: string, from: string, message: string): RowRule => ({ kind: 'notBefore', field, from, message });

const table: Partial<Record<EntityName, readonly RowRule[]>> = {
  facility_course_pricing: [order('endDate', 'effectiveDate', day)],
  subscriptions: [order('periodEnd', 'periodStart', 'The period ends before it begins. Choose a later day.')],
  course_enrollments: [
    order('completionDate', 'enrollmentDate', 'It ends before the student was enrolled. Choose a later day.'),
  ],
  mentoring_sessions: [order('endedAt', 'startedAt', 'It ends before it began. Choose a later time.')],
  roadmap_progress: [order('completedAt', 'startedAt', 'It was completed before it began. Choose a later time.')],
  payments: [
    {
      kind: 'exactlyOne',
      field: 'enrollmentId',
      of: ['enrollmentId', 'bookingId', 'subscriptionId'],
      message: 'A payment is for one thing: choose an enrollment, a booking or a subscription.',
    },
  ],
  assessment_questions: [
    {
      kind: 'answers',
      field: 'options',
      type: 'questionType',
      message:
        'The answers do not fit the type: a list of {value, label} for choices, {min, max, step} for a scale, nothing for free text.',
    },
    {
      kind: 'points',
      field: 'scoring',
      message: 'The scoring must be points by answer value, or by dimension: numbers under names.',
    },
  ],
};

export const rowRulesOf = (entity: string): readonly RowRule[] => table[entity as EntityName] ?? [];

/** The fields a rule looks at. */
export function fieldsOf(rule: RowRule): readonly string[] {
  switch (rule.kind) {
    case 'notBefore':
      return [rule.from, rule.field];
    case 'exactlyOne':
      return rule.of;
    case 'answers':
      return [rule.type, rule.field];
    case 'points':
      return [rule.field];
  }
}

type Row = Record<string, unknown>;
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';
const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number';

export function holds(rule: RowRule, row: Row): boolean {
  const value = row[rule.field];
  switch (rule.kind) {
    case 'notBefore': {
      const from = row[rule.from];
      if (typeof value !== typeof from || isEmpty(value)) return true;
      return (value as string) >= (from as string);
    }
    case 'exactlyOne':
      return rule.of.filter((field) => !isEmpty(row[field])).length === 1;
    case 'answers':
      return isEmpty(value) || answersFit(String(row[rule.type] ?? 'single'), value);
    case 'points':
      return (
        isEmpty(value) ||
        (isObject(value) &&
          Object.values(value).every((v) => isNumber(v) || (isObject(v) && Object.values(v).every(isNumber))))
      );
  }
}

function answersFit(type: string, value: unknown): boolean {
  if (type === 'text') return false;
  if (type === 'scale') {
    if (!isObject(value)) return false;
    const { min, max, step } = value;
    return isNumber(min) && isNumber(max) && min < max && (isEmpty(step) || (isNumber(step) && step > 0));
  }
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (v) => isObject(v) && typeof v['label'] === 'string' && ['string', 'number'].includes(typeof v['value']),
    )
  );
}
