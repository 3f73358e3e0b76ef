import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { series } from './series';

describe('filling on', () => {
  it('goes on by the step between the seeds, whatever numbers they are', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('integer' as const, 'money' as const, 'timestamp' as const),
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: -1e4, max: 1e4 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (kind, start, step, seeds, count) => {
          const all = Array.from({ length: seeds + count }, (_, i) => start + step * i);
          expect(series(kind, all.slice(0, seeds), count, 'en')).toEqual(all.slice(seeds));
        },
      ),
    );
  });

  it('upwards undoes downwards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 27 }), (start, step) => {
        const day = (i: number) => new Date(start * 86_400_000 + i * step * 86_400_000).toISOString().slice(0, 10);
        const [third, fourth] = series('date', [day(0), day(1)], 2, 'en') as [string, string];
        expect(series('date', [fourth, third], 2, 'en')).toEqual([day(1), day(0)]);
      }),
    );
  });

  it('repeats what has no step', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 4 }), fc.nat(12), (seeds, count) => {
        const made = series('choice', seeds, count, 'en');
        made.forEach((value, i) => expect(value).toBe(seeds[i % seeds.length]));
      }),
    );
  });

  it.each([
    ['one number is copied', 'integer', [7], [7, 7, 7]],
    ['numbers without one step repeat', 'integer', [1, 2, 4], [1, 2, 4]],
    ['an empty cell among them repeats too', 'integer', [1, null], [1, null, 1]],
    ['days', 'date', ['2026-02-26', '2026-02-27'], ['2026-02-28', '2026-03-01', '2026-03-02']],
    ['weeks', 'date', ['2026-11-02', '2026-11-09'], ['2026-11-16', '2026-11-23', '2026-11-30']],
    ['months on the same day', 'date', ['2026-11-15', '2026-12-15'], ['2027-01-15', '2027-02-15', '2027-03-15']],
    ['months that are shorter', 'date', ['2026-11-30', '2026-12-30'], ['2027-01-30', '2027-02-28', '2027-03-30']],
    ['the last of each month', 'date', ['2026-01-31', '2026-02-28'], ['2026-03-31', '2026-04-30', '2026-05-31']],
    ['years', 'date', ['2024-03-01', '2025-03-01'], ['2026-03-01', '2027-03-01', '2028-03-01']],
    ['months by name', 'text', ['Nov', 'Dec'], ['Jan', 'Feb', 'Mar']],
    ['weekdays, as they are spelt', 'text', ['MONDAY', 'WEDNESDAY'], ['FRIDAY', 'SUNDAY', 'TUESDAY']],
    ['a number at the end', 'text', ['Lane 09', 'Lane 10'], ['Lane 11', 'Lane 12', 'Lane 13']],
    ['different words repeat', 'text', ['Red', 'Blue'], ['Red', 'Blue', 'Red']],
  ] as const)('%s', (_, kind, seeds, made) => {
    expect(series(kind, seeds, 3, 'en')).toEqual(made);
  });

  it('knows months in the language of the reader', () => {
    expect(series('text', ['janvier', 'février'], 2, 'fr')).toEqual(['mars', 'avril']);
  });
});
