import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boolean,
  choice,
  date,
  integer,
  list,
  markdown,
  money,
  option,
  percent,
  reference,
  sensitive,
  text,
  timeRange,
  timestamp,
  type Field,
} from '../model';
import { cellText, parseCell, type CellContext } from './cell-text';

const en: CellContext = { locale: 'en-NG', currency: 'NGN' };
const price = money({ label: 'Price', currency: 'currency' });
const day = date({ label: 'From' });
const count = integer({ label: 'Capacity' });
const status = choice({
  label: 'Status',
  values: ['active', 'parent_assigned'],
  names: { parent_assigned: 'By a parent' },
});
const locales = ['en-NG', 'en-US', 'fr-FR', 'de-DE', 'de-CH', 'pt-BR', 'ar-EG', 'hi-IN', 'ja-JP', 'fa-IR', 'yo-NG'];

const value = (field: Field, typed: string, context = en): unknown => {
  const read = parseCell(field, typed, context);
  return 'value' in read ? read.value : `problem: ${read.problem}`;
};

describe('amounts', () => {
  it.each([
    ['₦15,000', 1_500_000],
    ['15 000', 1_500_000],
    ['15.000,50', 1_500_050],
    ['15,000.50', 1_500_050],
    ['NGN 15,000', 1_500_000],
    ['N15,000', 1_500_000],
    ['=N=15,000', 1_500_000],
    ['15’000', 1_500_000],
    ['15\u202f000', 1_500_000],
    ['1,234,567', 123_456_700],
    ['0.5', 50],
    ['15,5', 1550],
    ['(500)', -50_000],
    ['−500', -50_000],
    ['١٥٠٠٠', 1_500_000],
    ['15,000.00', 1_500_000],
  ])('reads %s', (typed, minor) => {
    expect(value(price, typed)).toBe(minor);
  });

  it('reads one separator by the habit of the place', () => {
    expect(value(price, '15.000', { locale: 'de-DE', currency: 'EUR' })).toBe(1_500_000);
    expect(value(price, '15,000', { locale: 'en-GB', currency: 'GBP' })).toBe(1_500_000);
    expect(value(price, '1.250', { locale: 'en-GB', currency: 'KWD' })).toBe(1250);
  });

  it('asks instead of guessing where a price could be a thousand times off', () => {
    expect(value(price, '15.000')).toBe('problem: “15.000” can be read in two ways. Write 15,000 or 15.');
  });

  it('names the currency when another one is written', () => {
    expect(value(price, '$15')).toBe('problem: This amount is in NGN: write it without “$”.');
  });

  it.each(['abc', '15,00,0', '1.2.3,4', '12.345', '1e5', '15 000 x 2'])('does not read %s', (typed) => {
    expect(value(price, typed)).toMatch(/^problem: /);
  });

  it('shows the symbol, groups, and decimals only where there are any', () => {
    expect(cellText(price, 1_500_000, en)).toBe('₦15,000');
    expect(cellText(price, 1_500_050, en)).toBe('₦15,000.50');
    expect(cellText(price, 15_000, { locale: 'en-NG', currency: 'XOF' })).toMatch(/15,000/);
  });

  it('reads back what it shows, in every locale and currency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000_000 }),
        fc.constantFrom(...locales),
        fc.constantFrom('NGN', 'EUR', 'XOF', 'KWD', 'GBP', 'USD', 'JPY'),
        (minor, locale, currency) => {
          const context = { locale, currency };
          expect(value(price, cellText(price, minor, context), context)).toBe(minor);
        },
      ),
    );
  });
});

describe('whole numbers and percents', () => {
  it('read back in every locale', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(...locales), (n, locale) => {
        expect(value(count, cellText(count, n, { locale }), { locale })).toBe(n);
      }),
    );
    const progress = percent({ label: 'Progress' });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.constantFrom(...locales), (n, locale) => {
        expect(value(progress, cellText(progress, n, { locale }), { locale })).toBe(n);
      }),
    );
  });

  it('let a unit go and refuse decimals', () => {
    expect(value(count, '20 people')).toBe(20);
    expect(value(count, '20.5')).toBe('problem: This is a whole number: leave out the decimals.');
  });
});

describe('dates', () => {
  it.each([
    ['4 Sep 2026', '2026-09-04'],
    ['4 September 2026', '2026-09-04'],
    ['4th of Sept 2026', '2026-09-04'],
    ['Sep 4, 2026', '2026-09-04'],
    ['2026-09-04', '2026-09-04'],
    ['4/9/2026', '2026-09-04'],
    ['04.09.26', '2026-09-04'],
    ['4-Sep-26', '2026-09-04'],
    ['29 Feb 2028', '2028-02-29'],
  ])('reads %s', (typed, iso) => {
    expect(value(day, typed)).toBe(iso);
  });

  it('reads 4/9 in the order of the place, and 13/9 in the only way there is', () => {
    expect(value(day, '4/9/2026', { locale: 'en-US' })).toBe('2026-04-09');
    expect(value(day, '13/9/2026', { locale: 'en-US' })).toBe('2026-09-13');
    expect(value(day, '4 sept. 2026', { locale: 'fr-FR' })).toBe('2026-09-04');
  });

  it('says how to write a date that does not exist', () => {
    expect(value(day, '29 Feb 2026')).toBe('problem: “29 Feb 2026” is not a date. Write it like 4 Sep 2026.');
  });

  it('shows one format in English and reads back what it shows in every locale', () => {
    expect(cellText(day, '2026-09-04', en)).toBe('4 Sep 2026');
    expect(cellText(day, '2026-09-04', { locale: 'en-US' })).toBe('4 Sep 2026');
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        days,
        fc.constantFrom('en-NG', 'en-US', 'fr-FR', 'de-DE', 'pt-BR', 'es-ES', 'it-IT'),
        (at, locale) => {
          const iso = at.toISOString().slice(0, 10);
          expect(value(day, cellText(day, iso, { locale }), { locale })).toBe(iso);
        },
      ),
    );
  });

  it('keeps moments and ranges across zones, to the minute', () => {
    const moment = timestamp({ label: 'Assigned' });
    const range = timeRange({ label: 'When' });
    const zones = fc.constantFrom('Africa/Lagos', 'America/New_York', 'Asia/Kolkata', 'UTC', 'Pacific/Auckland');
    // Noon: a wall-clock time in the doubled hour of a clock change names two moments.
    const noons = fc.integer({ min: 0, max: 30_000 }).map((n) => n * 86_400_000 + 43_200_000);
    fc.assert(
      fc.property(noons, fc.integer({ min: 1, max: 4000 }), zones, (at, minutes, timeZone) => {
        const context = { locale: 'en-NG', timeZone };
        expect(value(moment, cellText(moment, at, context), context)).toBe(at);
        const both = [at, at + minutes * 86_400_000];
        expect(value(range, cellText(range, both, context), context)).toEqual(both);
      }),
    );
    expect(cellText(moment, Date.UTC(2026, 8, 4, 15, 5), { locale: 'en-NG', timeZone: 'Africa/Lagos' })).toBe(
      '4 Sep 2026, 16:05',
    );
  });
});

describe('names, choices and lists', () => {
  const names = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.constantFrom('عائشة بنت أحمد', 'Zoë 👩🏽‍🏫', 'שרה כהן', 'Ọlá Adébáyọ̀', '李小龙', '👨‍👩‍👧‍👦'),
  );

  it('keep every name as it is typed, but for blanks around it', () => {
    const name = text({ label: 'Name', max: 100 });
    fc.assert(
      fc.property(names, (typed) => {
        expect(value(name, cellText(name, typed, en))).toBe(typed.trim() || null);
      }),
    );
  });

  it('join lists by commas and read them back, commas and quotes in items included', () => {
    const equipment = list({ label: 'Equipment', of: 'text' });
    expect(value(equipment, 'Kickboards, lane ropes;whistle')).toEqual(['Kickboards', 'lane ropes', 'whistle']);
    expect(cellText(equipment, ['Ropes, 25 m', 'Fins'], en)).toBe('"Ropes, 25 m", Fins');
    fc.assert(
      fc.property(
        fc.uniqueArray(
          names.map((n) => n.trim()).filter((n) => n !== ''),
          { minLength: 1, maxLength: 6 },
        ),
        (items) => {
          expect(value(equipment, cellText(equipment, items, en))).toEqual(items);
        },
      ),
    );
  });

  it('show a choice by its name or in sentence case, and accept either', () => {
    expect(cellText(status, 'parent_assigned', en)).toBe('By a parent');
    expect(cellText(status, 'active', en)).toBe('Active');
    expect(value(status, ' ACTIVE ')).toBe('active');
    expect(value(status, 'by a parent')).toBe('parent_assigned');
    expect(value(status, 'gone')).toBe('problem: Choose one of: Active, By a parent.');
  });

  it('show an option by its label and a reference by its title', () => {
    const age = option({ label: 'Age group', optionKind: 'age_group' });
    const context = { locale: 'en-NG', options: { '6-8': '6–8 years', adult: 'Adults' } };
    expect(cellText(age, '6-8', context)).toBe('6–8 years');
    expect(value(age, 'adults', context)).toBe('adult');
    expect(value(age, '99', context)).toMatch(/not a known age group/);
    const facility = reference({ label: 'Facility', to: 'facilities' });
    const id = '01890000-0000-7000-8000-000000000001';
    const titles = { [id]: 'Rowe Park Pool' };
    expect(cellText(facility, id, { ...en, titles })).toBe('Rowe Park Pool');
    expect(value(facility, 'rowe park pool', { ...en, titles })).toBe(id);
    expect(value(facility, 'Elsewhere', { ...en, titles })).toMatch(/^problem: No facility is called “Elsewhere”/);
  });

  it('shows the words of a Markdown text without its marks', () => {
    const lesson = markdown({ label: 'Content' });
    const text =
      '# Float\n\n**Stay calm**, see [the film](https://example.org/a_b).\n- `breathe`\n2. keep snake_case\n';
    expect(cellText(lesson, text, en)).toBe('Float Stay calm, see the film. breathe keep snake_case');
    expect(cellText(lesson, 'a'.repeat(1_000_000), en)).toHaveLength(1000);
  });

  it('says yes and no', () => {
    const active = boolean({ label: 'Active' });
    expect(cellText(active, true, en)).toBe('Yes');
    expect(value(active, 'No')).toBe(false);
    expect(value(active, 'perhaps')).toBe('problem: Write Yes or No.');
  });

  it('never shows what a sensitive field holds', () => {
    const medical = sensitive({ label: 'Medical information', parts: { notes: 'Notes' } });
    expect(cellText(medical, { notes: 'asthma' }, en)).not.toContain('asthma');
  });

  it('shows nothing for nothing and reads nothing as no value', () => {
    for (const field of [price, day, count, status]) {
      expect(cellText(field, null, en)).toBe('');
      expect(value(field, '  ')).toBeNull();
    }
  });
});
