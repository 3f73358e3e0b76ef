import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { View } from '../../../shared/contract/requests';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { cellEdge } from './cell-edge';
import { selectionNumbers } from './selection-numbers';

let place: TempStore;
let desk: SampleDesk;
const rows = 40;
beforeAll(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
  desk.store.writer.exec('delete from facilities');
  for (let i = 0; i < rows; i++) {
    desk.put('facilities', {
      programId: desk.ids.program,
      name: `Pool ${String(i).padStart(2, '0')}`,
      facilityType: 'pool',
      // Filled from 3 to 9 and from 20 to 29.
      capacity: (i >= 3 && i < 10) || (i >= 20 && i < 30) ? i : null,
      equipment: i < 5 ? ['Fins'] : [],
      status: 'active',
    });
  }
});
afterAll(() => place.remove());

const view: View = { entity: 'facilities', programs: [], where: [], search: '', sort: [] };
const numbers = (from: number, to: number, fields: string[], of: View = view) =>
  selectionNumbers(desk.context, { view: of, parts: [{ from, to, fields }] });

describe('the numbers of a selection', () => {
  it('are those of the rows at its places, not of others', () => {
    expect(numbers(8, 21, ['capacity'])).toEqual({
      filled: 4,
      groups: [{ kind: 'integer', currency: null, count: 4, sum: 8 + 9 + 20 + 21, min: 8, max: 21 }],
    });
  });

  it('are the same for the whole view, which is asked in another way', () => {
    const [whole] = numbers(0, rows - 1, ['capacity']).groups;
    const parts = [0, 10, 20, 30].map((from) => ({ from, to: from + 9, fields: ['capacity'] }));
    expect(selectionNumbers(desk.context, { view, parts }).groups).toEqual([whole]);
    expect(whole?.count).toBe(17);
  });

  it('follow the order and the filters of the view', () => {
    const upside: View = { ...view, sort: [{ field: 'name', descending: true }] };
    expect(numbers(10, 10, ['capacity'], upside).groups[0]?.sum).toBe(29);
    const few: View = { ...view, where: [{ field: 'capacity', test: 'more', value: 25 }] };
    expect(numbers(0, 3, ['capacity'], few).groups[0]?.sum).toBe(26 + 27 + 28 + 29);
  });

  it('count what is filled in every kind of column; an empty list is empty', () => {
    expect(numbers(0, 9, ['name', 'equipment']).filled).toBe(10 + 5);
  });

  it('keep amounts of different currencies apart', () => {
    const price = (currency: string, amount: number, day: string) =>
      desk.put('facility_course_pricing', {
        programId: desk.ids.program,
        facilityId: desk.ids.facility,
        courseId: desk.ids.course,
        ageGroup: 'children',
        locationType: 'our-facility',
        sessionType: 'group',
        price: amount,
        currency,
        effectiveDate: day,
        isActive: true,
      });
    price('XOF', 5_000, '2026-02-01');
    price('NGN', 2_000_000, '2026-03-01');
    const prices: View = { ...view, entity: 'facility_course_pricing' };
    const { groups } = numbers(0, 9, ['price', 'effectiveDate'], prices);
    const money = groups.filter((group) => group.kind === 'money');
    expect(new Map(money.map((group) => [group.currency, group.sum]))).toEqual(
      new Map([
        ['NGN', 3_500_000],
        ['XOF', 5_000],
      ]),
    );
    expect(groups.find((group) => group.kind === 'date')).toMatchObject({ min: '2026-01-01', max: '2026-03-01' });
  });
});

describe('Ctrl with an arrow', () => {
  const edge = (row: number, step: 1 | -1, field = 'capacity') => cellEdge(desk.context, { view, field, row, step });

  it('stops at the end of the filled cells it stands in', () => {
    expect(edge(3, 1)).toBe(9);
    expect(edge(5, 1)).toBe(9);
    expect(edge(9, -1)).toBe(3);
  });

  it('goes over empty cells to the next that is filled, or to the end', () => {
    expect(edge(0, 1)).toBe(3);
    expect(edge(9, 1)).toBe(20);
    expect(edge(20, -1)).toBe(9);
    expect(edge(30, 1)).toBe(rows - 1);
    expect(edge(2, -1)).toBe(0);
  });

  it('goes to the end where every row is filled', () => {
    expect(edge(5, 1, 'name')).toBe(rows - 1);
    expect(edge(5, -1, 'name')).toBe(0);
    expect(edge(rows - 1, 1, 'name')).toBe(rows - 1);
  });
});
