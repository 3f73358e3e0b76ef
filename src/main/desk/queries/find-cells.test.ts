import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { View } from '../../../shared/contract/requests';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { findCells } from './find-cells';

let place: TempStore;
let desk: SampleDesk;
beforeAll(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
  const rows = [
    ['École pool', 'pool', 12, ['Fins', 'Ropes'], 'maintenance'],
    ['Gym hall', 'gym', 1200, [], 'active'],
    ['ecole court', 'court', null, ['Nets'], 'inactive'],
  ] as const;
  for (const [name, facilityType, capacity, equipment, status] of rows) {
    desk.put('facilities', { programId: desk.ids.program, name, facilityType, capacity, equipment, status });
  }
});
afterAll(() => place.remove());

const fields = ['name', 'facilityType', 'capacity', 'equipment', 'status'];
const view: View = {
  entity: 'facilities',
  programs: [],
  where: [],
  search: '',
  sort: [{ field: 'name', descending: false }],
};
/** In the order of names: ecole court, École pool, Gym hall, Lekki Pool. */
const find = (text: string, more: Partial<Parameters<typeof findCells>[1]> = {}) =>
  findCells(desk.context, { view, fields, text, matchCase: false, whole: false, locale: 'en', ...more }).hits;

describe('finding in a view', () => {
  it('finds texts without case and accents, in the order of the view', () => {
    expect(find('ecole')).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(find('École', { matchCase: true })).toEqual([[1, 0]]);
  });

  it('finds several cells of a row', () => {
    expect(find('pool')).toEqual([
      [1, 0],
      [1, 1],
      [3, 0],
      [3, 1],
    ]);
  });

  it('only whole cells where asked to', () => {
    expect(find('pool', { whole: true })).toEqual([
      [1, 1],
      [3, 1],
    ]);
  });

  it('finds what is shown, not what is stored', () => {
    expect(find('1,200')).toEqual([[2, 2]]);
    expect(find('fins, ropes')).toEqual([[1, 3]]);
    expect(find('In maintenance')).toEqual([]);
    expect(find('Maintenance', { matchCase: true })).toEqual([[1, 4]]);
  });

  it('finds amounts, dates, options and names of other rows as the reader sees them', () => {
    const prices: View = { ...view, entity: 'facility_course_pricing', sort: [] };
    const of = (text: string, locale = 'en') =>
      findCells(desk.context, {
        view: prices,
        fields: ['facilityId', 'ageGroup', 'price', 'effectiveDate'],
        ...{ text, matchCase: false, whole: false, locale },
      }).hits;
    expect(of('lekki')).toEqual([[0, 0]]);
    expect(of('ADULTS')).toEqual([[0, 1]]);
    expect(of('₦15,000')).toEqual([[0, 2]]);
    expect(of('1 Jan 2026')).toEqual([[0, 3]]);
    expect(of('15.000', 'de')).toEqual([[0, 2]]);
    expect(of('15,000', 'de')).toEqual([]);
  });

  it('looks only at the rows of the view', () => {
    const few: View = { ...view, where: [{ field: 'facilityType', test: 'is', value: 'gym' }] };
    expect(find('l', { view: few })).toEqual([[0, 0]]);
  });

  it('never tells what is masked', () => {
    const confidential: View = { ...view, entity: 'student_confidential', sort: [] };
    desk.put('student_confidential', {
      programId: desk.ids.program,
      studentId: desk.ids.student,
      medicalInfo: { conditions: 'asthma' },
    });
    const { total } = findCells(desk.context, {
      view: confidential,
      fields: ['medicalInfo'],
      ...{ text: 'asthma', matchCase: false, whole: false, locale: 'en' },
    });
    expect(total).toBe(0);
  });
});
