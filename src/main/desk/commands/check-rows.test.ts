import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edit } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import { namedRows } from '../queries/named-rows';
import { readRow } from '../local/rows';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { checkRows } from './check-rows';
import { saveRows } from './save-rows';

let place: TempStore;
let desk: SampleDesk;
beforeAll(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
});
afterAll(() => place.remove());

const update = (values: Record<string, unknown>): Edit => ({
  op: 'update',
  entity: 'facilities',
  id: desk.ids.facility,
  values,
});
const insert = (values: Record<string, unknown>): Edit => ({ op: 'insert', entity: 'facilities', id: newId(), values });

describe('checking edits', () => {
  it('tells what stands against each row by its place, and writes nothing', () => {
    const before = readRow(desk.context.db, 'facilities', desk.ids.facility);
    const issues = checkRows(desk.context, {
      edits: [
        update({ capacity: 10 }),
        insert({ programId: desk.ids.program, name: 'New pool' }),
        insert({ programId: desk.ids.program, name: 'Lekki Pool', facilityType: 'pool' }),
      ],
    });
    expect(issues.map(({ path }) => path)).toEqual(['ops.1.facilityType', 'ops.2.name']);
    expect(readRow(desk.context.db, 'facilities', desk.ids.facility)).toEqual(before);
    expect(desk.told).toEqual([]);
  });

  it('names the row where there is but one', () => {
    expect(checkRows(desk.context, { edits: [update({ name: null })] })[0]?.path).toBe('ops.0.name');
  });

  it('finds nothing against what saving accepts, and something against what it refuses', () => {
    for (const values of [{ capacity: 5 }, { capacity: -5 }, { status: 'maintenance' }, { status: 'burnt' }]) {
      const issues = checkRows(desk.context, { edits: [update(values)] });
      const save = (): unknown => saveRows(desk.context, { edits: [update(values)], label: 'x', via: 'paste' });
      if (issues.length === 0) expect(save).not.toThrow();
      else expect(save).toThrow();
    }
  });

  it('says what somebody without the right may not do, instead of failing', () => {
    desk.as('tutor');
    expect(checkRows(desk.context, { edits: [update({ capacity: 7 })] })[0]?.message).toContain('program admins');
    desk.as('program_admin');
  });
});

describe('names in a block', () => {
  const named = (texts: string[], entity: 'students' | 'courses' = 'students') =>
    namedRows(desk.context, { entity, texts, programId: desk.ids.program }).map((found) => found.map(({ id }) => id));

  it('are found without case and accents, and by number or code', () => {
    const { student, course } = desk.ids;
    expect(named(['zoe adeyemi', ' Zoë Adéyemi ', 'stu-2026-0001'])).toEqual([[student], [student], [student]]);
    expect(named(['S1', 'Learn to SWIM'], 'courses')).toEqual([[course], [course]]);
  });

  it('that two rows have give both, with what tells them apart; unknown ones give none', () => {
    const other = desk.put('students', {
      programId: desk.ids.program,
      firstName: 'Zoe',
      lastName: 'Adeyemi',
      status: 'active',
      studentNumber: 'STU-2026-0002',
    });
    const [both, none] = namedRows(desk.context, { entity: 'students', texts: ['Zoe Adeyemi', 'Nobody'] });
    expect(both?.map(({ hint }) => hint)).toEqual(['STU-2026-0001', 'STU-2026-0002']);
    expect(both?.map(({ id }) => id)).toContain(other);
    expect(none).toEqual([]);
  });
});
