import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EnrollmentChoice } from '../../../shared/contract/requests';
import { agesOf, fits } from '../../../shared/rules/ages';
import { keyOf, offersByFacility, onlySuggestion, seatsText } from './suggest';

const choice = (values: Partial<EnrollmentChoice>): EnrollmentChoice => ({
  facilityId: 'f1',
  facility: 'Rowe Park',
  ageGroup: '6-8',
  locationType: 'our-facility',
  sessionType: 'group',
  price: 2_550_000,
  currency: 'NGN',
  taken: 3,
  capacity: 8,
  blocked: null,
  ...values,
});
const ages = (code: string) => agesOf(code);

describe('ages of a group', () => {
  test('are read from its code or its label', () => {
    expect(agesOf('6-8')).toEqual({ from: 6, to: 8 });
    expect(agesOf('juniors', '9–12 years')).toEqual({ from: 9, to: 12 });
    expect(agesOf('adults', 'Adults')).toEqual({ from: 18, to: Infinity });
    expect(agesOf('55+')).toEqual({ from: 55, to: Infinity });
    expect(agesOf('mixed', 'Everybody')).toBeNull();
  });
  test('an unknown age or group is neither fit nor unfit', () => {
    expect(fits(null, { from: 6, to: 8 })).toBeNull();
    expect(fits(8, { from: 6, to: 8 })).toBe(true);
    expect(fits(9, { from: 6, to: 8 })).toBe(false);
  });
});

describe('what is offered', () => {
  test('the age of the student comes first, what cannot be chosen last', () => {
    const [group] = offersByFacility(
      [
        choice({ ageGroup: 'adults', price: 1 }),
        choice({ blocked: 'Full', price: 2 }),
        choice({ sessionType: 'private', price: 9 }),
      ],
      7,
      ages,
    );
    expect(group?.offers.map(({ price }) => price)).toEqual([9, 1, 2]);
  });
  test('facilities with a suggestion come before the others', () => {
    const groups = offersByFacility(
      [choice({ facilityId: 'a', facility: 'Apapa', blocked: 'In maintenance' }), choice({})],
      7,
      ages,
    );
    expect(groups.map(({ facility }) => facility)).toEqual(['Rowe Park', 'Apapa']);
  });
  test('a single suggestion is chosen, several are not', () => {
    const one = choice({});
    expect(onlySuggestion(offersByFacility([one, choice({ ageGroup: 'adults' })], 7, ages))?.key).toBe(keyOf(one));
    expect(onlySuggestion(offersByFacility([one, choice({ sessionType: 'private' })], 7, ages))).toBeNull();
    expect(onlySuggestion(offersByFacility([one], null, ages))).toBeNull();
  });
  test('no configuration is lost, whatever the age', () => {
    const some = fc.array(
      fc.record({
        facilityId: fc.constantFrom('a', 'b', 'c'),
        ageGroup: fc.constantFrom('3-5', '6-8', 'adults', 'mixed'),
        price: fc.nat(),
        blocked: fc.constantFrom(null, 'Full'),
      }),
    );
    fc.assert(
      fc.property(some, fc.option(fc.nat(90)), (choices, age) => {
        const groups = offersByFacility(choices.map(choice), age, ages);
        expect(groups.flatMap(({ offers }) => offers)).toHaveLength(choices.length);
        for (const { offers } of groups) {
          const firstBlocked = offers.findIndex(({ blocked }) => blocked !== null);
          if (firstBlocked >= 0) expect(offers.slice(firstBlocked).every(({ blocked }) => blocked !== null)).toBe(true);
        }
      }),
    );
  });
  test('seats are said in words', () => {
    expect(seatsText({ taken: 8, capacity: 8 })).toBe('8 of 8 taken, none left');
    expect(seatsText({ taken: 3, capacity: 8 })).toBe('3 of 8 taken, 5 left');
    expect(seatsText({ taken: 3, capacity: null })).toBe('3 taken, no limit');
  });
});
