import { describe, expect, it } from 'vitest';
import { allEntities } from '../entities';
import { isId, type Field, type FieldKind, type FieldOf } from '../model';
import { wrongValues } from '../testing/wrong-values';
import { holds, rowRulesOf, type RowRule } from './row-rules';
import { validateField, validateRow } from './validate';

const fields = allEntities.flatMap((entity) =>
  Object.entries(entity.fields).map(([name, field]: [string, Field]) => ({ entity, name, field })),
);
const wrong = (field: Field): unknown[] =>
  (wrongValues[field.kind] as (f: FieldOf<FieldKind>) => unknown[])(field as FieldOf<FieldKind>);

describe('a value that a field cannot hold', () => {
  it.each(fields.map((one) => [`${one.entity.name}.${one.name}`, one] as const))('%s: is told', (_, { field }) => {
    // What is chosen from a list is looked up where the list is.
    const known = wrong(field).filter((value) => !isId(value) && value !== 'no-such-option');
    expect(known.filter((value) => validateField(field, value) === null)).toEqual([]);
    if (field.required) expect(validateField(field, null)).toMatch(/is needed/);
  });

  it('is named in an update too', () => {
    for (const { entity, name, field } of fields) {
      const [value] = wrong(field);
      if (value === undefined || field.kind === 'generated') continue;
      expect(validateRow(entity, { [name]: value }, 'update').map(({ path }) => path)).toContain(name);
    }
  });
});

describe('what does not fit together in one row', () => {
  const rule = (entity: string, field: string): RowRule => rowRulesOf(entity).find((one) => one.field === field)!;
  const options = rule('assessment_questions', 'options');
  const scoring = rule('assessment_questions', 'scoring');
  const paid = rule('payments', 'enrollmentId');

  it.each([
    [options, { questionType: 'single', options: [{ value: 'a', label: 'A' }] }, true],
    [options, { questionType: 'multiple', options: [{ value: 1, label: 'A' }] }, true],
    [options, { questionType: 'single', options: ['a'] }, false],
    [options, { questionType: 'single', options: [] }, false],
    [options, { questionType: 'scale', options: { min: 1, max: 5 } }, true],
    [options, { questionType: 'scale', options: { min: 1, max: 5, step: 0 } }, false],
    [options, { questionType: 'scale', options: { min: 5, max: 5 } }, false],
    [options, { questionType: 'text', options: null }, true],
    [options, { questionType: 'text', options: [{ value: 'a', label: 'A' }] }, false],
    [scoring, { scoring: { a: 1, b: { calm: 2 } } }, true],
    [scoring, { scoring: { a: '1' } }, false],
    [scoring, { scoring: { a: { calm: { deep: 1 } } } }, false],
    [paid, { bookingId: 'x' }, true],
    [paid, {}, false],
    [paid, { bookingId: 'x', enrollmentId: 'y' }, false],
  ] as const)('%j', (one, row, expected) => {
    expect(holds(one, row)).toBe(expected);
  });

  it('no range ends before it begins, and an open end is fine', () => {
    for (const entity of allEntities) {
      for (const one of rowRulesOf(entity.name)) {
        if (one.kind !== 'notBefore') continue;
        expect(holds(one, { [one.from]: '2026-02-02', [one.field]: '2026-02-01' })).toBe(false);
        expect(holds(one, { [one.from]: '2026-02-02', [one.field]: '2026-02-02' })).toBe(true);
        expect(holds(one, { [one.from]: '2026-02-02', [one.field]: null })).toBe(true);
        expect(holds(one, { [one.from]: 2, [one.field]: 1 })).toBe(false);
      }
    }
  });
});
