/**
 * Very many rows, fast: for measuring, never for showing. Rows are made inside the database, past the triggers; they have no audit entries.
 *
 * Invariant: afterwards `sync.head` holds for them what the `sync.wanted_*` views want, so that desks load and pull them like any other.
 */
import type pg from 'pg';
import { entityOf } from '../../shared/entities';
import { classNumber } from '../sql/scopes';
import { stableId } from './random';

export type StressEntity = 'students' | 'lessons' | 'course_enrollments';

export interface StressOptions {
  entity: StressEntity;
  rows: number;
}

/** The program that holds the rows, and what hangs together in it. */
export interface StressPlace {
  programId: string;
  courseId: string;
  facilityId: string;
  moduleId: string;
}

const id = (name: string) => stableId(0, 'stress', name);
export const stressPlace: StressPlace = {
  programId: id('program'),
  courseId: id('course'),
  facilityId: id('facility'),
  moduleId: id('module'),
};

/** In the shape of version 7, rising with `i`, told apart by a letter of the entity. */
const rowId = (letter: 'a' | 'b' | 'c') =>
  `(lpad(to_hex(1735689600000::bigint + i), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '${letter === 'a' ? '8' : letter === 'b' ? '9' : 'a'}' || substr(md5(i::text), 4, 15))::uuid`;
const oneOf = (values: readonly string[], by: string) =>
  `(array['${values.join("','")}'])[1 + (${by}) % ${values.length}]`;

const firstNames = [
  'Ada',
  'Bisi',
  'Chidi',
  'Dayo',
  'Efe',
  'Funke',
  'Gbenga',
  'Halima',
  'Ife',
  'Jide',
  'Kemi',
  'Lola',
  'Musa',
  'Ngozi',
  'Obi',
  'Zoë',
];
const lastNames = [
  'Adeyemi',
  'Bello',
  'Chukwu',
  'Danjuma',
  'Eze',
  'Fashola',
  'Garba',
  'Idowu',
  'Kalu',
  'Lawal',
  'Mensah',
  'Nwosu',
  'Okafor',
  'Quartey',
  'Salami',
  'Uzor',
];

const fillers: Record<StressEntity, (place: StressPlace) => string> = {
  students: ({ programId }) => `
    insert into app.students (id, program_id, student_number, first_name, last_name, email, phone, date_of_birth, enrollment_date, status, address)
    select ${rowId('a')}, '${programId}', 'STU-1990-' || to_char(i, 'FM00000000'), ${oneOf(firstNames, 'i * 7')}, ${oneOf(lastNames, 'i * 31 / 16')} || '-' || (i::bigint * 7919) % 100003,
      'student' || i || '@example.org', '+234 803 ' || lpad((i % 10000000)::text, 7, '0'), date '1990-01-01' + (i * 37 % 9000),
      date '2024-01-01' + (i % 700), ${oneOf(['active', 'inactive', 'graduated', 'withdrawn'], 'i / 3')}, (i % 150) || ' Awolowo Road, Ikoyi, Lagos'
    from generate_series($1::int, $2::int) i`,
  lessons: ({ programId, moduleId }) => `
    insert into app.lessons (id, program_id, module_id, name, description, content, duration_minutes, sequence_order)
    select ${rowId('b')}, '${programId}', '${moduleId}', 'Lesson ' || i, 'What lesson ' || i || ' is about', '# Lesson ' || i || E'\\n\\n' || repeat('One more sentence. ', 5),
      (i % 9) * 10 + 10, least(i, 1000000)
    from generate_series($1::int, $2::int) i`,
  course_enrollments: ({ programId, courseId, facilityId }) => `
    insert into app.course_enrollments (id, program_id, student_id, course_id, facility_id, age_group, location_type, session_type, price_agreed, currency,
      status, enrollment_date, progress_percentage, assignment_type)
    select ${rowId('c')}, '${programId}', s.id, '${courseId}', '${facilityId}', 'adults', 'our-facility', 'group', 1500000, 'NGN',
      case when i % 3 = 0 then 'completed' else 'active' end, date '2026-01-01' + (i % 300)::int, (i % 101)::int, 'direct'
    from (select s.id, row_number() over (order by s.id) as i from app.students s where s.program_id = '${programId}') s
    where i between $1::int and $2::int`,
};

/** Makes `rows` rows of an entity in a program of their own. `client` must be a superuser's. */
export async function stress(client: pg.Client, { entity, rows }: StressOptions): Promise<StressPlace> {
  const place = stressPlace;
  const count = async (table: StressEntity): Promise<number> => {
    const counted = await client.query<{ n: number }>(
      `select count(*)::int as n from app.${table} where program_id = $1`,
      [place.programId],
    );
    return counted.rows[0]?.n ?? 0;
  };
  const first = (await count(entity)) + 1;
  const last = first + rows - 1;
  if (entity === 'course_enrollments') {
    const lacking = last - (await count('students'));
    if (lacking > 0) await stress(client, { entity: 'students', rows: lacking });
  }
  await client.query('begin');
  try {
    await furnish(client, place);
    const { number, dataClass } = entityOf(entity);
    await client.query(`set local session_replication_role = replica`);
    await client.query(fillers[entity](place), [first, last]);
    await client.query(
      `insert into sync.head (class, owner, tbl, row_id) select ${classNumber[dataClass]}, program_id, ${number}, id from app.${entity}
       where program_id = $1 on conflict do nothing`,
      [place.programId],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  await client.query(`vacuum analyze app.${entity}, sync.head`);
  return place;
}

/** What the rows refer to; by the ordinary way, so that it is in the change log. */
async function furnish(client: pg.Client, { programId, courseId, facilityId, moduleId }: StressPlace): Promise<void> {
  const make = async (table: string, values: Record<string, unknown>) => {
    const names = Object.keys(values);
    await client.query(
      `insert into app.${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')}) on conflict (id) do nothing`,
      Object.values(values),
    );
  };
  const inProgram = { program_id: programId };
  await make('institutions', { id: id('institution'), name: 'Institution of the measurement' });
  await make('programs', {
    id: programId,
    institution_id: id('institution'),
    code: 'STRESS',
    name: 'Measurement',
    program_type: 'certificate',
  });
  const options = { age_group: 'adults', location_type: 'our-facility', session_type: 'group' };
  for (const [kind, code] of Object.entries(options)) {
    await make('program_options', { id: id(kind), ...inProgram, option_kind: kind, code, label: code, sequence: 1 });
  }
  await make('courses', { id: courseId, ...inProgram, code: 'STRESS-1', name: 'Course', slug: 'course' });
  await make('curricula', { id: id('curriculum'), ...inProgram, course_id: courseId, name: 'Curriculum' });
  await make('modules', { id: moduleId, ...inProgram, curriculum_id: id('curriculum'), name: 'Module' });
  await make('facilities', { id: facilityId, ...inProgram, name: 'Facility', facility_type: 'pool' });
  await make('facility_course_pricing', {
    id: id('price'),
    ...inProgram,
    facility_id: facilityId,
    course_id: courseId,
    age_group: 'adults',
    location_type: 'our-facility',
    session_type: 'group',
    price: 1_500_000,
    effective_date: '2020-01-01',
  });
}
