/** What a person does at a desk: through the console's own commands, or as ops that nobody checked before they were sent. */
import { redo, undo } from '../src/main/desk/commands/undo';
import { saveRows } from '../src/main/desk/commands/save-rows';
import type { CommandContext } from '../src/main/desk/context';
import { getMeta } from '../src/main/desk/local/meta';
import type { LocalOp } from '../src/main/desk/local/replay';
import { Views } from '../src/main/desk/queries/views';
import { Refusal } from '../src/shared/contract/outcome';
import type { Edit } from '../src/shared/contract/requests';
import type { SessionFacts } from '../src/shared/contract/wire';
import { entityOf, type EntityName } from '../src/shared/entities';
import type { AnyRow } from '../src/shared/model';
import type { Chance } from './chance';
import { noteMade, type Seat } from './seat';
import { markOf } from './world';

type Values = Record<string, unknown>;
const configuration = { ageGroup: 'adults', locationType: 'here', sessionType: 'group' };

export function edit(seat: Seat, chance: Chance, newId: () => string): void {
  const { desk } = seat;
  const mine = desk.rows('programs').map((row) => row.id);
  if (mine.length === 0) return;
  const programId = chance.pick(mine);
  const isChecked = chance.is(0.6);
  noteMade(seat, () => {
    const dice = chance.below(100);
    if (dice < 6) return attempt(() => undo(contextOf(seat), {}));
    if (dice < 9) return attempt(() => redo(contextOf(seat)));
    const edits = draw(seat, chance, newId, programId, dice);
    if (edits.length === 0) return;
    const context = contextOf(seat);
    if (isChecked)
      attempt(() => saveRows(context, { edits, label: 'Edit', via: edits.length > 2 ? 'paste' : 'typed' }));
    else desk.act(edits.flatMap((one) => asOp(seat, one)));
  });
}

/** The console says no, in words: then nothing happened. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function contextOf({ desk }: Seat): CommandContext {
  const session = JSON.parse(getMeta(desk.db, 'session') ?? 'null') as SessionFacts | null;
  return {
    ...{ read: desk.context.store.reader, db: desk.db, session: session ?? desk.session, views: new Views() },
    ...{ now: () => Date.now(), changed: () => undefined },
  };
}

function asOp(seat: Seat, edit: Edit): LocalOp[] {
  const { entity, id, op } = edit;
  const row = seat.desk.row(entity, id);
  switch (op) {
    case 'insert': {
      const defaults = Object.entries(entityOf(entity).fields).flatMap(([name, { options }]) =>
        options.default === undefined ? [] : [[name, options.default] as const],
      );
      return [{ entity, op, id, version: 0, patch: { ...Object.fromEntries(defaults), ...edit.values } }];
    }
    case 'update':
      if (!row) return [];
      return [{ entity, op, id, version: row.rowVersion, base: oldOf(row, edit.values), patch: edit.values }];
    case 'delete':
      if (!row) return [];
      seat.deleted.push({ entity, op: 'restore', id, version: row.rowVersion, row });
      return [{ entity, op, id, version: row.rowVersion }];
    case 'restore':
      return seat.deleted.filter((gone) => gone.id === id).slice(0, 1);
  }
}

const oldOf = (row: AnyRow, values: Values): Values =>
  Object.fromEntries(Object.keys(values).map((field) => [field, row[field] ?? null]));

/** @param dice 9 to 99 */
function draw({ desk, deleted }: Seat, chance: Chance, newId: () => string, programId: string, dice: number): Edit[] {
  const rows = (entity: EntityName): AnyRow[] => desk.rows(entity);
  const add = (entity: EntityName, values: Values, id = newId()): Edit => ({
    ...{ op: 'insert', entity, id },
    values: { programId, ...values },
  });
  const change = (entity: EntityName, values: () => Values): Edit[] => {
    const all = rows(entity);
    return all.length === 0 ? [] : [{ op: 'update', entity, id: chance.pick(all).id, values: values() }];
  };
  const here = (entity: EntityName): AnyRow[] => rows(entity).filter((row) => row['programId'] === programId);
  const newStudent = (id?: string): Edit =>
    add('students', { firstName: `S${chance.below(50)}`, lastName: 'L', status: 'active' }, id);
  const studentValues = (): Values =>
    chance.pick<Values>([
      { phone: `${chance.below(5)}` },
      { firstName: `N${chance.below(9)}` },
      { status: chance.pick(['active', 'inactive']) },
      { address: `A${chance.below(4)}`, phone: `${chance.below(5)}` },
    ]);

  if (dice < 20) return [newStudent()];
  if (dice < 34) return change('students', studentValues);
  if (dice < 38)
    return rows('students')
      .slice(0, 3 + chance.below(5))
      .map((row) => ({ op: 'update', entity: 'students', id: row.id, values: studentValues() }));
  if (dice < 42) {
    const all = rows('students').filter((row) => row['firstName'] !== 'Pair');
    return all.length === 0 ? [] : [{ op: 'delete', entity: 'students', id: chance.pick(all).id }];
  }
  if (dice < 45)
    return deleted.length === 0 ? [] : [{ op: 'restore', entity: 'students', id: chance.pick(deleted).id }];
  if (dice < 51) return [add('facilities', { name: `F${chance.below(5)}`, facilityType: 'pool', status: 'active' })];
  if (dice < 58)
    return change('facilities', () => ({
      capacity: chance.below(3),
      name: `F${chance.below(5)}`,
    }));
  if (dice < 63) {
    const code = `o-${chance.below(6)}`;
    return [
      add('program_options', {
        optionKind: 'course_category',
        code,
        label: code,
        sequence: 1 + chance.below(3),
        isActive: true,
      }),
    ];
  }
  if (dice < 69) return change('program_options', () => ({ sequence: 1 + chance.below(4) }));
  if (dice < 74) {
    const [course, curriculum, module] = [newId(), newId(), newId()];
    const code = course.slice(-6);
    return [
      add('courses', { code, name: `Course ${markOf(programId)}`, slug: `c-${code}` }, course),
      add('curricula', { courseId: course, name: 'Basics', sequenceOrder: 1 }, curriculum),
      add('modules', { curriculumId: curriculum, name: 'M', sequenceOrder: 1 }, module),
    ];
  }
  if (dice < 78) {
    const [parent] = here('curricula');
    return parent
      ? [add('modules', { curriculumId: parent.id, name: `M${chance.below(9)}`, sequenceOrder: 1 + chance.below(3) })]
      : [];
  }
  if (dice < 82) return change('modules', () => ({ sequenceOrder: 1 + chance.below(4) }));
  if (dice < 87) return price(here, chance, add);
  if (dice < 89)
    return change('facility_course_pricing', () => ({ price: 100 * chance.below(9), isActive: chance.is(0.7) }));
  if (dice < 93) return enrollment(here, chance, add, newStudent, newId);
  if (dice < 95) return change('course_enrollments', () => ({ assignmentNotes: `note ${chance.below(9)}` }));
  if (dice < 97) {
    const [student] = here('students');
    return student
      ? [
          add('student_confidential', {
            studentId: student.id,
            emergencyContact: { name: markOf(programId), relationship: 'aunt', phone: '1' },
          }),
        ]
      : [];
  }
  return [{ op: 'insert', entity: 'resources', id: newId(), values: { title: `R${chance.below(9)}`, kind: 'book' } }];
}

type Here = (entity: EntityName) => AnyRow[];
type Add = (entity: EntityName, values: Values, id?: string) => Edit;

function price(here: Here, chance: Chance, add: Add): Edit[] {
  const [facilities, courses] = [here('facilities'), here('courses')];
  if (facilities.length === 0 || courses.length === 0) return [];
  const place = { facilityId: facilities[0]!.id, courseId: courses[0]!.id, ...configuration };
  return [
    add('facility_course_pricing', {
      ...place,
      price: 100 * chance.below(9),
      currency: 'NGN',
      effectiveDate: `2026-0${1 + chance.below(3)}-01`,
      isActive: true,
    }),
  ];
}

/** A student who may be new, in one action with what depends on them. */
function enrollment(
  here: Here,
  chance: Chance,
  add: Add,
  newStudent: (id?: string) => Edit,
  newId: () => string,
): Edit[] {
  const prices = here('facility_course_pricing');
  if (prices.length === 0) return [];
  const { facilityId, courseId } = chance.pick(prices);
  const students = here('students');
  const isNew = chance.is(0.5) || students.length === 0;
  const studentId = isNew ? newId() : chance.pick(students).id;
  const place = { studentId, facilityId, courseId, ...configuration, enrollmentDate: '2026-05-01', status: 'active' };
  return [...(isNew ? [newStudent(studentId)] : []), add('course_enrollments', place)];
}
