/** `matrix`: 50,000 prices: opening the matrix of a day, and simulating a change to all of them, beside one bare select of the same rows. */
import { pricingRequests } from '../src/shared/contract/pricing';
import { simulatePrices } from '../src/main/desk/commands/set-prices';
import { priceMatrix } from '../src/main/desk/queries/price-matrix';
import { sampleDesk } from '../src/main/desk/testing/sample-desk';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { alternate, ratio, type Bench, type Figure } from './measure';

const FACILITIES = 10;
const AGES = 10;
const SESSIONS = ['group', 'private'];
const asOf = '2026-11-23';

export const matrix: Bench = async ({ quick, rows, log }) => {
  const n = rows ?? (quick ? 400 : 50_000);
  const turns = quick ? 2 : 7;
  const temp = tempStore();
  try {
    const { store, context, ids, put } = sampleDesk(temp.open());
    log(`making ${n} prices`);
    const own = { programId: ids.program };
    store.writer.transaction(() => {
      for (let a = 0; a < AGES; a++) {
        const option = { code: `age-${a}`, label: `${a}–${a + 1} years`, sequence: a + 3, isActive: true };
        put('program_options', { ...own, optionKind: 'age_group', ...option });
      }
      const places = Array.from({ length: FACILITIES }, (_, f) =>
        put('facilities', { ...own, name: `Pool ${f}`, facilityType: 'pool', capacity: 8, status: 'active' }),
      );
      for (let made = 0, c = 0; made < n; c++) {
        const course = { code: `C${c}`, name: `Course ${c}`, slug: `course-${c}`, isActive: true, currency: 'NGN' };
        const courseId = put('courses', { ...own, ...course });
        for (const facilityId of places)
          for (let a = 0; a < AGES; a++)
            for (const sessionType of SESSIONS) {
              if (made++ >= n) continue;
              const cell = { facilityId, courseId, ageGroup: `age-${a}`, locationType: 'our-facility', sessionType };
              const price = { price: 1_000_000 + 1_000 * (made % 700), currency: 'NGN', isActive: true };
              put('facility_course_pricing', { ...own, ...cell, ...price, effectiveDate: '2026-01-01', endDate: null });
            }
      }
    })();
    const bare = store.reader
      .prepare(
        `select facility_id, course_id, age_group, location_type, session_type, price, effective_date, end_date
         from facility_course_pricing where program_id = ? and is_active = 1`,
      )
      .raw();
    const figures: Figure[] = [];
    const measure = async (name: string, run: () => unknown): Promise<void> => {
      const ms = await alternate(turns, { ours: { run }, bare: { run: () => bare.all(ids.program) } });
      figures.push(ratio(`matrix-${name}`, ms.ours / ms.bare, 'lower', null, n));
      const goal = quick ? null : 1_000;
      figures.push({
        ...{ name: `matrix-${name}-ms`, value: ms.ours, unit: 'ms', better: 'lower' },
        goal,
        limit: ms.bare,
        n,
      });
    };
    await measure('open', () => priceMatrix(context, { programId: ids.program, asOf }));
    const change = { percent: 1250, rounding: { to: 50_000, way: 'up' } };
    const batch = pricingRequests['pricing.simulate'].parse({ programId: ids.program, change, from: '2027-01-01' });
    await measure('simulate', () => simulatePrices(context, batch));
    return figures;
  } finally {
    temp.remove();
  }
};
