import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../shared/model';
import { saveRows } from '../commands/save-rows';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { access } from './access';

let temp: TempStore;
let desk: SampleDesk;
let tutor: string;

beforeEach(() => {
  temp = tempStore();
  desk = sampleDesk(temp.open());
  const values = { email: 't@example.org', username: 'tolu', role: 'tutor', status: 'active' };
  tutor = desk.put('users', { ...values, fullName: 'Tolu Tutor' });
  desk.put('users', { email: 'g@example.org', username: 'g', role: 'guardian', status: 'active', fullName: 'Gift' });
  desk.put('user_program_assignments', {
    programId: desk.ids.program,
    userId: tutor,
    assignedAt: 1_700_000_000_000,
    assignedBy: desk.ids.admin,
  });
});
afterEach(() => temp.remove());

const read = () => access(desk.context, { programs: [] });
const person = (id: string) => read().people.find((one) => one.id === id);

describe('who has access', () => {
  test('is told with role, place, since when and by whom, the highest role first, without those the console administers', () => {
    expect(read().people.map(({ fullName }) => fullName)).toEqual(['Ada Admin', 'Tolu Tutor']);
    expect(person(tutor)?.programs).toEqual([
      expect.objectContaining({ code: 'SWIM', since: 1_700_000_000_000, by: 'Ada Admin', whyNotEnd: null }),
    ]);
    expect(person(tutor)?.whyNotTurn).toBeNull();
    expect(person(desk.ids.admin)?.whyNotTurn).toMatch(/your own account/);
  });

  test('is read-only for who may not decide, with the reason', () => {
    desk.as('program_coordinator');
    expect(person(tutor)?.whyNotTurn).toMatch(/higher role/);
    expect(person(tutor)?.programs[0]?.whyNotEnd).toMatch(/^Only program admins/);
    expect(read().programs[0]?.whyNotAssign).toMatch(/^Only program admins/);
  });

  test('follows what is decided: an end, an assignment, a suspension', () => {
    const save = (edit: Parameters<typeof saveRows>[1]['edits'][number]) =>
      saveRows(desk.context, { label: 'x', via: 'typed', edits: [edit] });
    const { assignmentId } = person(tutor)!.programs[0]!;
    save({ op: 'delete', entity: 'user_program_assignments', id: assignmentId });
    expect(person(tutor)?.programs).toEqual([]);
    const values = { programId: desk.ids.program, userId: tutor };
    save({ op: 'insert', entity: 'user_program_assignments', id: newId(), values });
    expect(person(tutor)?.programs[0]?.by).toBe('Ada Admin');
    save({ op: 'update', entity: 'users', id: tutor, values: { status: 'suspended' } });
    expect(person(tutor)?.status).toBe('suspended');
  });

  test('nobody below a super admin makes a role higher', () => {
    const raise = () =>
      saveRows(desk.context, {
        label: 'x',
        via: 'typed',
        edits: [{ op: 'update', entity: 'users', id: tutor, values: { role: 'program_coordinator' } }],
      });
    expect(raise).toThrow(/Only super admins can give somebody a higher role/);
  });
});
