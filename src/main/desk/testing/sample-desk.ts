import type { SessionFacts, WireRow } from '../../../shared/contract/wire';
import type { EntityName } from '../../../shared/entities';
import { newId } from '../../../shared/model';
import type { CommandContext } from '../context';
import { changedPayload, type Changed } from '../local/changed';
import { homeScope } from '../local/scopes';
import type { Store } from '../local/handles';
import { setMeta } from '../local/meta';
import { putFromServer } from '../local/write';
import { Views } from '../queries/views';

/** A store with a small program in it, and a context to ask and order with, without any server. */
export interface SampleDesk {
  store: Store;
  context: CommandContext;
  /** What was told to have changed, newest last. */
  told: Changed[];
  as(role: SessionFacts['role']): void;
  put(entity: EntityName, values: Record<string, unknown>): string;
  ids: Record<'program' | 'course' | 'curriculum' | 'facility' | 'student' | 'admin', string> & {
    modules: string[];
    lessons: string[];
  };
}

export function sampleDesk(store: Store): SampleDesk {
  const admin = newId();
  const views = new Views();
  const told: Changed[] = [];
  let clock = 1_800_000_000_000;
  const program = newId();
  const session: SessionFacts = {
    userId: admin,
    fullName: 'Ada Admin',
    email: 'ada@example.org',
    role: 'program_admin',
    programs: [program],
    scopes: [],
  };
  const put = (entity: EntityName, values: Record<string, unknown>): string => {
    const id = (values['id'] as string | undefined) ?? newId();
    const stamp = { rowVersion: 1, createdAt: 1, updatedAt: 1, createdBy: null, updatedBy: null };
    const row: WireRow = { ...stamp, ...values, id };
    const scope = homeScope(entity, row) ?? (`people:${program}` as const);
    putFromServer(store.writer, scope, entity, id, 'P', row);
    views.changed(store.reader, { [entity]: 'many' });
    return id;
  };
  setMeta(store.writer, 'user', admin);
  put('users', {
    id: admin,
    fullName: 'Ada Admin',
    email: 'ada@example.org',
    username: 'ada',
    role: 'program_admin',
    status: 'active',
  });
  const institution = put('institutions', { name: 'Lagos Swim' });
  put('programs', {
    id: program,
    institutionId: institution,
    code: 'SWIM',
    name: 'Swimming',
    programType: 'certificate',
    currency: 'NGN',
    timeZone: 'Africa/Lagos',
    isActive: true,
  });
  const option = (optionKind: string, code: string, sequence: number): string =>
    put('program_options', {
      programId: program,
      optionKind,
      code,
      label: code.toUpperCase(),
      sequence,
      isActive: true,
    });
  option('age_group', 'adults', 1);
  option('age_group', 'children', 2);
  option('location_type', 'our-facility', 1);
  option('session_type', 'group', 1);
  option('session_type', 'private', 2);
  const course = put('courses', {
    programId: program,
    code: 'S1',
    name: 'Learn to swim',
    slug: 'learn-to-swim',
    currency: 'NGN',
    published: true,
    isActive: true,
  });
  const curriculum = put('curricula', {
    programId: program,
    courseId: course,
    name: 'Main',
    sequenceOrder: 1,
    state: 'draft',
    version: 1,
  });
  const modules = ['Water', 'Strokes'].map((name, i) =>
    put('modules', { programId: program, curriculumId: curriculum, name, sequenceOrder: i + 1 }),
  );
  const lessons = ['Breathing', 'Floating', 'Gliding'].map((name, i) =>
    put('lessons', { programId: program, moduleId: modules[0], name, durationMinutes: 30, sequenceOrder: i + 1 }),
  );
  const facility = put('facilities', {
    programId: program,
    name: 'Lekki Pool',
    facilityType: 'pool',
    capacity: 2,
    status: 'active',
  });
  put('facility_course_pricing', {
    programId: program,
    facilityId: facility,
    courseId: course,
    ageGroup: 'adults',
    locationType: 'our-facility',
    sessionType: 'group',
    price: 1_500_000,
    currency: 'NGN',
    effectiveDate: '2026-01-01',
    endDate: null,
    isActive: true,
  });
  const student = put('students', {
    programId: program,
    firstName: 'Zoë',
    lastName: 'Adéyemi',
    status: 'active',
    studentNumber: 'STU-2026-0001',
  });
  return {
    store,
    told,
    put,
    as(role) {
      session.role = role;
    },
    ids: { program, course, curriculum, facility, student, admin, modules, lessons },
    context: {
      db: store.writer,
      read: store.reader,
      session,
      views,
      now: () => (clock += 1),
      changed(changes) {
        told.push(changes);
        views.changed(store.reader, changedPayload(changes, 'edit').changes);
      },
    },
  };
}
