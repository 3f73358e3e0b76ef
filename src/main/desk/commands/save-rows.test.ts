import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, type Problem } from '../../../shared/contract/outcome';
import { newId } from '../../../shared/model';
import { masked } from '../../../shared/rules/masking';
import { nextBatch } from '../local/outbox';
import { readRow } from '../local/rows';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { addNode, moveNodes } from './curriculum-nodes';
import { createEnrollment } from './create-enrollment';
import { duplicateRows } from './duplicate-rows';
import { revealConfidential } from './reveal-confidential';
import { saveRows } from './save-rows';
import { redo, undo } from './undo';
import type { Edit } from '../../../shared/contract/requests';

let place: TempStore;
let desk: SampleDesk;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
});
afterEach(() => place.remove());

const save = (...edits: Edit[]) => saveRows(desk.context, { edits, label: 'Edit', via: 'typed' });
const read = (entity: Parameters<typeof readRow>[1], id: string) => readRow(desk.store.reader, entity, id);
const order = (moduleId: string) =>
  desk.store.reader
    .prepare('select name from lessons where module_id = ? order by sequence_order, id')
    .pluck()
    .all(moduleId);
const positions = (moduleId: string) =>
  desk.store.reader
    .prepare('select sequence_order from lessons where module_id = ? order by sequence_order')
    .pluck()
    .all(moduleId);
const sent = () => nextBatch(desk.store.reader, 1000).flatMap((mutation) => mutation.ops);

function refusal(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
  throw new Error('It was not refused');
}

describe('saving rows', () => {
  it('fills in what follows for a new row', () => {
    const id = newId();
    save({
      op: 'insert',
      entity: 'courses',
      id,
      values: { programId: desk.ids.program, code: 'S2', name: 'Café Stroke' },
    });
    expect(read('courses', id)).toMatchObject({
      slug: 'cafe-stroke',
      currency: 'NGN',
      published: false,
      isActive: true,
      rowVersion: 0,
      createdBy: desk.ids.admin,
    });
  });

  it('says which field of which edit cannot stand, and saves nothing of the whole', () => {
    const facility = (name: string): Edit => ({
      op: 'insert',
      entity: 'facilities',
      id: newId(),
      values: { programId: desk.ids.program, name, facilityType: 'pool' },
    });
    const problem = refusal(() => save(facility('A'), facility('Lekki Pool'), facility('A')));
    expect(problem).toMatchObject({ kind: 'invalid', issues: [{ path: 'ops.1.name' }, { path: 'ops.2.name' }] });
    expect(sent()).toEqual([]);
  });

  it('lets two rows swap a unique value', () => {
    const other = desk.put('facilities', {
      programId: desk.ids.program,
      name: 'Ikeja Pool',
      facilityType: 'pool',
      status: 'active',
    });
    save(
      { op: 'update', entity: 'facilities', id: desk.ids.facility, values: { name: 'Ikeja Pool' } },
      { op: 'update', entity: 'facilities', id: other, values: { name: 'Lekki Pool' } },
    );
    expect(read('facilities', other)?.['name']).toBe('Lekki Pool');
  });

  it('sends only what changed, with what stood before', () => {
    save({ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { name: 'Lekki Pool', capacity: 5 } });
    expect(sent()).toMatchObject([{ base: { capacity: 2 }, patch: { capacity: 5 }, version: 1 }]);
    save({ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { capacity: 5 } });
    expect(sent()).toHaveLength(1);
  });

  it('refuses what the role may not do, in words', () => {
    desk.as('tutor');
    expect(
      refusal(() => save({ op: 'update', entity: 'lessons', id: desk.ids.lessons[0]!, values: { name: 'X' } })),
    ).toEqual({
      kind: 'forbidden',
      message: 'Only program admins can change lessons. Ask one of them.',
    });
  });

  it('refuses a reference to nothing, to another program, and an unknown option', () => {
    const elsewhere = desk.put('courses', { programId: newId(), code: 'X', name: 'X', slug: 'x', isActive: true });
    const price = (values: Record<string, unknown>): Edit => ({
      op: 'insert',
      entity: 'facility_course_pricing',
      id: newId(),
      values: {
        programId: desk.ids.program,
        facilityId: desk.ids.facility,
        courseId: desk.ids.course,
        ageGroup: 'children',
        locationType: 'our-facility',
        sessionType: 'group',
        price: 1,
        effectiveDate: '2026-01-01',
        ...values,
      },
    });
    const paths = (values: Record<string, unknown>) => {
      const problem = refusal(() => save(price(values)));
      return problem.kind === 'invalid' ? problem.issues.map((issue) => issue.path) : problem;
    };
    expect(paths({ courseId: newId() })).toEqual(['courseId']);
    expect(paths({ courseId: elsewhere })).toEqual(['courseId']);
    expect(paths({ ageGroup: 'giants' })).toEqual(['ageGroup']);
    expect(paths({ ageGroup: 'adults' })).toEqual(['effectiveDate']);
    save(price({}));
  });

  it('keeps emoji, right-to-left names and a lesson of a megabyte', () => {
    const [lesson] = desk.ids.lessons;
    const content = `# שלום 🏊🏽‍♀️\n${'x'.repeat(1_000_000)}`;
    save({ op: 'update', entity: 'lessons', id: lesson!, values: { name: 'سباحة 🏊🏽‍♀️ للأطفال', content } });
    expect(read('lessons', lesson!)).toMatchObject({ name: 'سباحة 🏊🏽‍♀️ للأطفال', content });
    expect(sent()).toMatchObject([{ patch: { content } }]);
  });

  it('takes a paste of ten megabytes as one mutation and one step of undo', () => {
    const edits = Array.from({ length: 10_000 }, (_, i): Edit => ({
      op: 'insert',
      entity: 'students',
      id: newId(),
      values: {
        programId: desk.ids.program,
        firstName: `Student ${i}`,
        lastName: 'Pasted',
        address: 'a'.repeat(490),
        phone: '0'.repeat(50),
      },
    }));
    save(...edits);
    const count = () =>
      desk.store.reader.prepare("select count(*) from students where last_name = 'Pasted'").pluck().get();
    expect(count()).toBe(10_000);
    expect(undo(desk.context, {}).skipped).toEqual([]);
    expect(count()).toBe(0);
  }, 60_000);

  it('never saves a mask over what it masks', () => {
    const id = desk.put('student_confidential', {
      programId: desk.ids.program,
      studentId: desk.ids.student,
      emergencyContact: { name: 'Bisi' },
      medicalInfo: null,
    });
    save({
      op: 'update',
      entity: 'student_confidential',
      id,
      values: { emergencyContact: masked, medicalInfo: { notes: 'Asthma' } },
    });
    expect(read('student_confidential', id)).toMatchObject({
      emergencyContact: { name: 'Bisi' },
      medicalInfo: { notes: 'Asthma' },
    });
  });
});

describe('deleting', () => {
  it('takes along what a row contains, sends the row alone, closes the gap, and comes back whole', () => {
    const [water, strokes] = desk.ids.modules as [string, string];
    save({ op: 'delete', entity: 'modules', id: water });
    const [deletion] = sent();
    expect(sent()).toEqual([
      { entity: 'modules', op: 'delete', id: water, version: 1, contents: expect.any(Object) as unknown },
    ]);
    // With the versions of the three lessons as this person saw them.
    expect(Object.values((deletion as { contents: object }).contents)).toEqual([1, 1, 1]);
    expect(order(water)).toEqual([]);
    expect(read('modules', strokes)?.['sequenceOrder']).toBe(1);
    undo(desk.context, {});
    expect(order(water)).toEqual(['Breathing', 'Floating', 'Gliding']);
    expect(read('modules', strokes)?.['sequenceOrder']).toBe(2);
    redo(desk.context);
    expect(order(water)).toEqual([]);
  });

  it('is refused where something depends on the row, naming it', () => {
    enroll();
    const problem = refusal(() => save({ op: 'delete', entity: 'courses', id: desk.ids.course }));
    expect(problem).toMatchObject({ kind: 'conflict' });
    expect(problem.message).toContain('Zoë Adéyemi, Learn to swim');
  });
});

describe('undo and redo', () => {
  it('take an edit back and bring it again, also after the console was closed', () => {
    save({ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { name: 'Big Pool' } });
    desk.store.close();
    const store = place.open();
    const again = { ...desk.context, db: store.writer, read: store.reader, changed: () => undefined };
    const name = () => readRow(store.reader, 'facilities', desk.ids.facility)?.['name'];
    expect(undo(again, {})).toEqual({ label: 'Edit', skipped: [] });
    expect(name()).toBe('Lekki Pool');
    expect(redo(again).label).toBe('Edit');
    expect(name()).toBe('Big Pool');
    expect(redo(again).label).toBeNull();
  });

  it('leave alone and list what others changed since', () => {
    save({ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { name: 'Mine', capacity: 9 } });
    save({ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { name: 'Theirs' } });
    const [step] = desk.store.reader.prepare('select mutation_id from undo_log order by id').pluck().all() as string[];
    expect(undo(desk.context, { id: step! }).skipped).toMatchObject([{ field: 'name', title: 'Theirs' }]);
    expect(read('facilities', desk.ids.facility)).toMatchObject({ name: 'Theirs', capacity: 2 });
  });

  it('cannot bring again what a new edit went past', () => {
    save({ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { capacity: 9 } });
    undo(desk.context, {});
    save({ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { capacity: 7 } });
    expect(redo(desk.context).label).toBeNull();
  });

  it('takes a new row away and brings it again', () => {
    const id = newId();
    save({
      op: 'insert',
      entity: 'facilities',
      id,
      values: { programId: desk.ids.program, name: 'New', facilityType: 'gym' },
    });
    undo(desk.context, {});
    expect(read('facilities', id)).toBeNull();
    redo(desk.context);
    expect(read('facilities', id)).toMatchObject({ name: 'New', facilityType: 'gym', status: 'active' });
    expect(sent().map((op) => op.op)).toEqual(['insert', 'delete', 'restore']);
  });
});

describe('the curriculum', () => {
  it('adds before a sibling and keeps positions gap-free', () => {
    const [water] = desk.ids.modules as [string];
    addNode(desk.context, { entity: 'lessons', parentId: water, position: 2, values: { name: 'Kicking' } });
    expect(order(water)).toEqual(['Breathing', 'Kicking', 'Floating', 'Gliding']);
    expect(positions(water)).toEqual([1, 2, 3, 4]);
    expect(sent()).toMatchObject([
      { op: 'insert', patch: { programId: desk.ids.program, moduleId: water, sequenceOrder: 2 } },
    ]);
    undo(desk.context, {});
    expect(order(water)).toEqual(['Breathing', 'Floating', 'Gliding']);
    expect(positions(water)).toEqual([1, 2, 3]);
  });

  it('moves several nodes to another parent as one step', () => {
    const [water, strokes] = desk.ids.modules as [string, string];
    const [breathing, , gliding] = desk.ids.lessons as [string, string, string];
    moveNodes(desk.context, { entity: 'lessons', ids: [gliding, breathing], parentId: strokes, position: 1 });
    expect(order(strokes)).toEqual(['Gliding', 'Breathing']);
    expect(order(water)).toEqual(['Floating']);
    expect(positions(water)).toEqual([1]);
    expect(sent()).toHaveLength(2);
    undo(desk.context, {});
    expect(order(water)).toEqual(['Breathing', 'Floating', 'Gliding']);
  });
});

const configuration = { ageGroup: 'adults', locationType: 'our-facility', sessionType: 'group', date: '2026-05-01' };
const enroll = (over: Record<string, unknown> = {}) =>
  createEnrollment(desk.context, {
    studentId: desk.ids.student,
    courseId: desk.ids.course,
    facilityId: desk.ids.facility,
    ...configuration,
    ...over,
  });

describe('enrolling', () => {
  it('locks the price in force', () => {
    const { ids } = enroll();
    expect(read('course_enrollments', ids[0]!)).toMatchObject({
      priceAgreed: 1_500_000,
      currency: 'NGN',
      status: 'active',
      assignedBy: desk.ids.admin,
      assignmentType: 'direct',
    });
    expect(sent()[0]?.patch).toMatchObject({ priceAgreed: 1_500_000 });
    expect(sent()[0]?.patch).not.toHaveProperty('assignedBy');
  });

  it('names the combination that has no price', () => {
    const problem = refusal(() => enroll({ sessionType: 'private' }));
    expect(problem.message).toContain('Learn to swim at Lekki Pool for ADULTS, OUR-FACILITY, PRIVATE');
  });

  it('is refused twice, when full, and in maintenance', () => {
    enroll();
    expect(refusal(() => enroll()).message).toContain('already');
    const student = (name: string) =>
      desk.put('students', { programId: desk.ids.program, firstName: name, lastName: 'X', status: 'active' });
    enroll({ studentId: student('B') });
    expect(refusal(() => enroll({ studentId: student('C') })).message).toContain('2 of 2 seats are taken');
    enroll({ studentId: student('C'), overrideReason: 'Sister of a pupil' });
    expect(sent().at(-1)?.patch).toMatchObject({ overrideReason: 'Sister of a pupil' });
    save({
      op: 'update',
      entity: 'facilities',
      id: desk.ids.facility,
      values: { status: 'maintenance', capacity: 10 },
    });
    expect(refusal(() => enroll({ studentId: student('D') })).message).toContain('maintenance');
  });
});

describe('confidential records', () => {
  it('are shown with a reason that is on its way to the audit trail first', () => {
    const id = desk.put('student_confidential', {
      programId: desk.ids.program,
      studentId: desk.ids.student,
      emergencyContact: { name: 'Bisi' },
    });
    const row = revealConfidential(desk.context, { studentId: desk.ids.student, reason: 'Fell at the pool' });
    expect(row['emergencyContact']).toEqual({ name: 'Bisi' });
    expect(sent()).toEqual([
      { entity: 'student_confidential', op: 'reveal', id, version: 1, reason: 'Fell at the pool' },
    ]);
    desk.as('tutor');
    expect(
      refusal(() => revealConfidential(desk.context, { studentId: desk.ids.student, reason: 'Curious' })).kind,
    ).toBe('forbidden');
  });
});

describe('duplicating', () => {
  it('gives what must be unique a name of its own', () => {
    const first = duplicateRows(desk.context, { entity: 'courses', ids: [desk.ids.course] });
    const second = duplicateRows(desk.context, { entity: 'courses', ids: [desk.ids.course] });
    expect(read('courses', first.ids[0]!)).toMatchObject({
      name: 'Learn to swim',
      code: 'S1 copy',
      slug: 'learn-to-swim-copy',
    });
    expect(read('courses', second.ids[0]!)).toMatchObject({ code: 'S1 copy 2', slug: 'learn-to-swim-copy-2' });
  });
});

describe('a new price', () => {
  it('closes the one before it the day before, in the same change, and undo opens it again', () => {
    const [old] = desk.store.reader.prepare('select id from facility_course_pricing').pluck().all() as [string];
    const id = newId();
    const values = {
      ...{ programId: desk.ids.program, facilityId: desk.ids.facility, courseId: desk.ids.course },
      ...{ ageGroup: 'adults', locationType: 'our-facility', sessionType: 'group' },
      ...{ price: 2_000_000, effectiveDate: '2026-06-01' },
    };
    save({ op: 'insert', entity: 'facility_course_pricing', id, values });
    expect(read('facility_course_pricing', old)?.['endDate']).toBe('2026-05-31');
    expect(sent()).toMatchObject([
      { op: 'insert', id },
      { op: 'update', id: old, base: { endDate: null }, patch: { endDate: '2026-05-31' } },
    ]);
    undo(desk.context, {});
    expect(read('facility_course_pricing', old)?.['endDate']).toBeNull();
    expect(read('facility_course_pricing', id)).toBeNull();
  });
});
