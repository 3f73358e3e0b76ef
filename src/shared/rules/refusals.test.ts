import { describe, expect, test } from 'vitest';
import { refusalCodes, wordsFor, type RefusalCode } from './refusals';

const codes = Object.keys(refusalCodes) as RefusalCode[];

describe('the words of a refusal', () => {
  test.each(codes)('%s: a sentence and a way out, even where nothing else is known', (code) => {
    const { message, next } = wordsFor({ code });
    for (const text of [message, next]) {
      expect(text).toMatch(/^[\p{Lu}“].*[.]$/u);
      expect(text).not.toMatch(/undefined|null|NaN|\[object|PV\d|SQL/);
    }
  });

  test('name the combination without a price, the day and the parts that are known', () => {
    const { message } = wordsFor({
      code: 'no-price',
      entity: 'course_enrollments',
      detail: { date: '2026-03-01', course: 'Swimming', facility: 'Pool', ageGroup: 'Adults', sessionType: 'Group' },
    });
    expect(message).toContain('Swimming, Pool, Adults, Group');
    expect(message).toContain('2026');
  });

  test('tell the other price with its days', () => {
    const detail = { price: 1_500_000, currency: 'NGN', from: '2026-01-01', until: '2026-05-31' };
    const { message } = wordsFor({ code: 'price-overlap', detail });
    expect(message).toContain('15,000');
    expect(message).toContain('until');
  });

  test('count what depends on a row, in the words of the entities', () => {
    const { message } = wordsFor(
      {
        code: 'has-dependents',
        entity: 'courses',
        id: 'x',
        detail: { counts: { course_enrollments: 3, student_guardians: 1 } },
      },
      { titleOf: () => 'Swimming' },
    );
    expect(message).toBe('The course “Swimming” cannot be deleted: 3 enrollments, 1 guardian depend on it.');
  });

  test('use the labels of fields, and explain a code of a newer server', () => {
    expect(wordsFor({ code: 'duplicate', entity: 'users', fields: ['email'] }).message).toBe(
      'Another user has the same “Email”.',
    );
    expect(wordsFor({ code: 'from-the-future', entity: 'students' }).message).toContain('student');
  });
});
