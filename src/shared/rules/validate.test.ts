import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allEntities, entityOf } from '../entities';
import { slugOf, validateField, validateRow } from './validate';

const field = (entity: Parameters<typeof entityOf>[0], name: string) => entityOf(entity).fields[name]!;

describe('validation', () => {
  test('a needed value that is empty is named', () => {
    expect(validateField(field('courses', 'name'), '')).toBe('Name is needed.');
    expect(validateField(field('courses', 'level'), null)).toBeNull();
  });

  test('names with emoji, accents and right-to-left letters are welcome', () => {
    for (const name of ['Zoë 🏊🏾‍♀️', 'مريم', 'Ọlá Adéyẹmí', "D'Arcy"])
      expect(validateField(field('students', 'firstName'), name)).toBeNull();
  });

  test('text that no database can store is refused before it blocks a push', () => {
    expect(validateField(field('students', 'firstName'), 'a\u0000b')).toMatch(/cannot be stored/);
    expect(validateField(field('students', 'firstName'), 'a\ud800b')).toMatch(/cannot be stored/);
  });

  test('a lesson of one megabyte is welcome', () => {
    expect(validateField(field('lessons', 'content'), 'x'.repeat(1_000_000))).toBeNull();
  });

  test('days must exist', () => {
    expect(validateField(field('students', 'dateOfBirth'), '2026-02-30')).toMatch(/Must be a day/);
    expect(validateField(field('students', 'dateOfBirth'), '2028-02-29')).toBeNull();
  });

  test('money is whole minor units', () => {
    expect(validateField(field('facility_course_pricing', 'price'), 15.5)).toMatch(/amount of money/);
    expect(validateField(field('facility_course_pricing', 'price'), -1)).toMatch(/0 or more/);
  });

  test('a price that ends before it begins is refused at its last day', () => {
    const issues = validateRow(
      entityOf('facility_course_pricing'),
      { effectiveDate: '2026-09-02', endDate: '2026-09-01' },
      'update',
    );
    expect(issues.map((i) => i.path)).toEqual(['endDate']);
  });

  test('an unknown field is refused by name', () => {
    expect(validateRow(entityOf('lessons'), { passwordHash: 'x' }, 'update')[0]?.path).toBe('passwordHash');
  });

  test('no value whatever makes any field of any entity throw', () => {
    const fields = allEntities.flatMap((entity) => Object.values(entity.fields));
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...fields), (value, f) => void validateField(f, value)),
      { numRuns: 2000 },
    );
  });

  test('a slug is always one that its own check accepts', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (name) => validateField(field('courses', 'slug'), slugOf(name)) === null,
      ),
    );
    expect(slugOf('Café Nº 1')).toBe('cafe-no-1');
  });
});
