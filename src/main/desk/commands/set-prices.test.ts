import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CellKey } from '../../../shared/contract/pricing';
import { pricingRequests } from '../../../shared/contract/pricing';
import { Refusal } from '../../../shared/contract/outcome';
import type { PriceRow } from '../../../shared/rules/pricing';
import { readRows } from '../local/rows';
import { priceMatrix, priceTimeline } from '../queries/price-matrix';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { applyPrices, setPrices, simulatePrices } from './set-prices';
import { undo } from './undo';

let place: TempStore;
let desk: SampleDesk;
let key: CellKey;
let other: string;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
  desk.store.writer.prepare('delete from facility_course_pricing').run();
  key = {
    ...{ facilityId: desk.ids.facility, courseId: desk.ids.course, ageGroup: 'adults' },
    ...{ locationType: 'our-facility', sessionType: 'group' },
  };
  other = desk.put('facilities', {
    programId: desk.ids.program,
    name: 'Lekki',
    facilityType: 'pool',
    status: 'active',
  });
  price({});
});
afterEach(() => place.remove());

const price = (more: Record<string, unknown>): string =>
  desk.put('facility_course_pricing', {
    ...{ programId: desk.ids.program, ...key, price: 1_800_000, currency: 'NGN', isActive: true },
    ...{ effectiveDate: '2026-01-01', endDate: null, ...more },
  });
const stored = (where = ''): string[] =>
  (readRows(desk.store.reader, 'facility_course_pricing', where) as unknown as PriceRow[])
    .map((row) => `${row.effectiveDate} ${row.endDate ?? '…'} ${row.price}`)
    .sort();
const batch = (more: Record<string, unknown>) =>
  pricingRequests['pricing.simulate'].parse({ programId: desk.ids.program, change: {}, from: '2027-01-01', ...more });
const eighthMore = { percent: 1250, rounding: { to: 50_000, way: 'up' } };
const learner = (): void =>
  void desk.put('course_enrollments', {
    ...{ programId: desk.ids.program, studentId: desk.ids.student, ...key, status: 'active' },
    ...{ enrollmentDate: '2026-02-01', assignmentType: 'direct', progressPercentage: 0, priceAgreed: 1_800_000 },
  });

describe('a price typed into the matrix', () => {
  const set = (value: number | null, from: string): unknown =>
    setPrices(desk.context, {
      ...{ programId: desk.ids.program, cells: [{ ...key, price: value }], from },
      ...{ keepFuture: true, label: 'Set a price', via: 'typed' },
    });

  it('holds from its day on, and closes the one before', () => {
    set(2_050_000, '2027-01-01');
    expect(stored()).toEqual(['2026-01-01 2026-12-31 1800000', '2027-01-01 … 2050000']);
    undo(desk.context, {});
    expect(stored()).toEqual(['2026-01-01 … 1800000']);
  });

  it('opens a cell that had none, and an empty one ends it', () => {
    set(null, '2026-07-01');
    expect(stored()).toEqual(['2026-01-01 2026-06-30 1800000']);
    set(900_000, '2026-09-01');
    expect(stored()).toEqual(['2026-01-01 2026-06-30 1800000', '2026-09-01 … 900000']);
  });

  it('is refused to those who may not change prices', () => {
    desk.as('program_coordinator');
    expect(() => set(1, '2027-01-01')).toThrow(Refusal);
    expect(stored()).toEqual(['2026-01-01 … 1800000']);
  });
});

describe('a change to many', () => {
  it('shows what it does before it does it, and is one step of undo', () => {
    learner();
    const simulated = simulatePrices(desk.context, batch({ change: eighthMore }));
    expect(simulated).toMatchObject({ changed: 1, same: 0, futureReplaced: 0, learners: 1 });
    expect(simulated.monthly).toMatchObject([{ facilityId: key.facilityId, difference: 250_000 }]);
    expect(simulated.sample).toMatchObject([{ before: 1_800_000, after: 2_050_000 }]);
    expect(stored()).toEqual(['2026-01-01 … 1800000']);
    applyPrices(desk.context, batch({ change: eighthMore }));
    expect(stored()).toEqual(['2026-01-01 2026-12-31 1800000', '2027-01-01 … 2050000']);
    undo(desk.context, {});
    expect(stored()).toEqual(['2026-01-01 … 1800000']);
  });

  it('keeps prices set for later, or replaces them where that is asked', () => {
    desk.store.writer.prepare('delete from facility_course_pricing').run();
    price({ endDate: '2027-05-31' });
    price({ effectiveDate: '2027-06-01', price: 2_000_000 });
    expect(simulatePrices(desk.context, batch({ change: eighthMore }))).toMatchObject({
      changed: 1,
      futureReplaced: 0,
    });
    expect(simulatePrices(desk.context, batch({ change: eighthMore, keepFuture: false }))).toMatchObject({
      futureReplaced: 1,
    });
    applyPrices(desk.context, batch({ change: eighthMore, keepFuture: false }));
    expect(stored()).toEqual(['2026-01-01 2026-12-31 1800000', '2027-01-01 … 2050000']);
  });

  it('copies to another facility from a day on; the day before still has no price, and the source stays', () => {
    applyPrices(desk.context, batch({ change: eighthMore, to: { facilityId: other } }));
    expect(stored(`where t.facility_id = '${other}'`)).toEqual(['2027-01-01 … 2050000']);
    expect(stored(`where t.facility_id = '${key.facilityId}'`)).toEqual(['2026-01-01 … 1800000']);
    undo(desk.context, {});
    expect(stored(`where t.facility_id = '${other}'`)).toEqual([]);
  });

  it('says so where nothing would change', () => {
    expect(simulatePrices(desk.context, batch({ facilities: [other], change: eighthMore })).changed).toBe(0);
    expect(() => applyPrices(desk.context, batch({ facilities: [other], change: eighthMore }))).toThrow(
      /No price would change/,
    );
  });
});

describe('the matrix', () => {
  const matrix = (asOf: string) => priceMatrix(desk.context, { programId: desk.ids.program, asOf });

  it('shows the price in force, the next one, and the learners of every cell', () => {
    learner();
    setPrices(desk.context, {
      ...{ programId: desk.ids.program, cells: [{ ...key, price: 5 }], from: '2027-01-01' },
      ...{ keepFuture: true, label: 'x', via: 'typed' },
    });
    const [cell, ...more] = matrix('2026-11-21').cells;
    expect(more).toEqual([]);
    expect(cell?.slice(5)).toEqual([1_800_000, '2026-01-01', '2026-12-31', 5, '2027-01-01', null, 1]);
    expect(matrix('2026-11-21').nextChange).toBe('2027-01-01');
    expect(matrix('2027-01-01').cells[0]?.slice(5, 8)).toEqual([5, '2027-01-01', null]);
  });

  it('knows cells that learners are in although their price has ended', () => {
    learner();
    desk.store.writer.prepare(`update facility_course_pricing set end_date = '2026-03-31'`).run();
    expect(matrix('2026-11-21').cells[0]?.slice(5)).toEqual([null, null, null, null, null, '2026-03-31', 1]);
  });

  it('tells every price a cell ever had', () => {
    price({ effectiveDate: '2025-01-01', endDate: '2025-12-31', price: 7 });
    expect(priceTimeline(desk.context, key).map((step) => step.price)).toEqual([7, 1_800_000]);
  });
});
