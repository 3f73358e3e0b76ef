/**
 * Very many rows, fast: for measuring, never for showing. Rows are made inside the database, past the triggers; they have no audit entries.
 *
 * Invariant: afterwards `sync.head` holds for them what the `sync.wanted_*` views want, so that desks load and pull them like any other.
 */
import type pg from 'pg';
import { entityOf } from '../../shared/entities';
import { classNumber } from '../sql/scopes';
import { stableId } from './random';
import { furnishPeople, personIn, standWherePaid } from './stress-people';

/** Each stands on those it needs, which are made as far as they are lacking. */
const needs = {
  students: [],
  lessons: [],
  course_enrollments: [{ of: 'students', per: 1 }],
  lesson_progress: [
    { of: 'course_enrollments', per: 12 },
    { of: 'lessons', per: Infinity },
  ],
  submissions: [{ of: 'students', per: 4 }],
  bookings: [],
  payments: [{ of: 'course_enrollments', per: 1 }],
  notifications: [],
} as const satisfies Record<string, readonly { of: string; per: number }[]>;

/** Their rows name people. */
const named: readonly StressEntity[] = ['bookings', 'payments', 'notifications'];

export type StressEntity = keyof typeof needs;
export const stressEntities = Object.keys(needs) as StressEntity[];

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
const rowId = (letter: 'a' | 'b' | 'c' | 'd', salt = '') =>
  `(lpad(to_hex(1735689600000::bigint + i), 12, '0') || '7' || substr(md5('${salt}' || i::text), 1, 3) || '${{ a: '8', b: '9', c: 'a', d: 'b' }[letter]}' || substr(md5('${salt}' || i::text), 4, 15))::uuid`;
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

/** Lessons that an enrollment of the measurement makes progress in. */
const lessonsOfCourse = 12;

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
  lesson_progress: ({ programId }) => `
    insert into app.lesson_progress (id, program_id, enrollment_id, lesson_id, completed, completed_at, time_spent_seconds)
    select ${rowId('d', 'progress')}, '${programId}', e.id, l.id, i % 5 <> 0, case when i % 5 <> 0 then timestamptz '2026-01-05 08:00+00' + (i % 300) * interval '1 day' end,
      300 + (i * 37) % 3000
    from generate_series($1::int, $2::int) i
      join (select id, row_number() over (order by id) - 1 as n from app.course_enrollments where program_id = '${programId}') e on e.n = (i - 1) / 12
      join (select id, row_number() over (order by sequence_order, id) - 1 as n from app.lessons where program_id = '${programId}' limit ${lessonsOfCourse}) l on l.n = (i - 1) % 12`,
  submissions: ({ programId }) => `
    insert into app.submissions (id, program_id, assignment_id, student_id, content, score, feedback, submitted_at, graded_at)
    select ${rowId('d', 'submission')}, '${programId}', a.id, s.id, '## Work ' || i || E'\\n\\n' || repeat('One more sentence of an answer. ', 4 + i % 9),
      case when i % 4 <> 0 then 40 + i % 61 end, case when i % 4 <> 0 then ${oneOf(['Good work.', 'Look at the second part again.', 'Well explained.'], 'i')} end,
      at, case when i % 4 <> 0 then at + interval '3 days' end
    from (select i, timestamptz '2026-01-05 08:00+00' + (i % 280) * interval '1 day' as at from generate_series($1::int, $2::int) i) i
      join (select id, row_number() over (order by id) - 1 as n from app.students where program_id = '${programId}') s on s.n = (i - 1) / 4
      join (select id, row_number() over (order by id) - 1 as n from app.assignments where program_id = '${programId}') a on a.n = (i - 1) % 4`,
  // Each mentor has the next hour after the one before, from the beginning of 2015.
  bookings: ({ programId }) => `
    insert into app.bookings (id, program_id, mentor_id, client_id, period, status, session_type, cancelled_at)
    select ${rowId('d', 'booking')}, '${programId}', m.id, ${personIn('client', 'i * 7')}, tstzrange(at, at + interval '1 hour'), status,
      ${oneOf(['video', 'phone', 'in_person'], 'i')}, case when status like 'cancelled%' then at - interval '1 day' end
    from (select i, timestamptz '2015-01-05 08:00+00' + (i / 100) * interval '1 hour' as at,
        ${oneOf(['completed', 'completed', 'completed', 'confirmed', 'cancelled_client', 'cancelled_mentor'], 'i / 7')} as status
      from generate_series($1::int, $2::int) i) i
      join (select id, row_number() over (order by id) - 1 as n from app.mentors where program_id = '${programId}') m on m.n = i % 100`,
  payments: ({ programId }) => `
    insert into app.payments (id, program_id, payer_id, enrollment_id, amount, currency, status, paid_at, provider, provider_payment_id)
    select ${rowId('d', 'payment')}, '${programId}', ${personIn('client', 'i * 11')}, e.id, e.price_agreed, 'NGN', status,
      case when status in ('succeeded', 'refunded') then e.enrollment_date + interval '9 hours' end, ${oneOf(['paystack', 'flutterwave', 'bank-transfer'], 'i')}, 'PAY-' || i
    from (select i, ${oneOf(['succeeded', 'succeeded', 'succeeded', 'pending', 'failed', 'refunded'], 'i')} as status from generate_series($1::int, $2::int) i) i
      join (select id, price_agreed, enrollment_date, row_number() over (order by id) as n from app.course_enrollments where program_id = '${programId}') e on e.n = i`,
  notifications: () => `
    insert into app.notifications (id, user_id, type, title, message, read_at)
    select ${rowId('d', 'notification')}, ${personIn('client', 'i * 13')}, ${oneOf(['booking-confirmed', 'enrollment-confirmed'], 'i')},
      ${oneOf(['Booking confirmed', 'Enrollment confirmed'], 'i')}, 'What happened the ' || i || 'th time, in a sentence of the usual length.',
      case when i % 3 <> 0 then timestamptz '2026-02-01 09:00+00' + (i % 200) * interval '1 day' end
    from generate_series($1::int, $2::int) i`,
};

/** Makes `rows` rows of an entity in a program of their own. `client` must be a superuser's. */
export async function stress(client: pg.Client, { entity, rows }: StressOptions): Promise<StressPlace> {
  const place = stressPlace;
  const count = async (table: StressEntity): Promise<number> => {
    const counted = await client.query<{ n: number }>(
      `select count(*)::int as n from app.${table} t where ${ownOf(table)}`,
      [place.programId],
    );
    return counted.rows[0]?.n ?? 0;
  };
  const first = (await count(entity)) + 1;
  const last = first + rows - 1;
  for (const { of, per } of needs[entity]) {
    const lacking = (per === Infinity ? lessonsOfCourse : Math.ceil(last / per)) - (await count(of));
    if (lacking > 0) await stress(client, { entity: of, rows: lacking });
  }
  await client.query('begin');
  try {
    await furnish(client, place);
    const { number, dataClass, scope } = entityOf(entity);
    await client.query(`set local session_replication_role = replica`);
    if (named.includes(entity)) await furnishPeople(client, place.programId);
    await client.query(fillers[entity](place), [first, last]);
    const [cls, owner] = scope === 'user' ? [classNumber.own, 'user_id'] : [classNumber[dataClass], 'program_id'];
    await client.query(
      `insert into sync.head (class, owner, tbl, row_id) select ${cls}, t.${owner}, ${number}, t.id from app.${entity} t
       where ${ownOf(entity)} on conflict do nothing`,
      [place.programId],
    );
    if (entity === 'payments') await standWherePaid(client, place.programId);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  await client.query(`vacuum analyze app.${entity}, sync.head`);
  return place;
}

/** The rows of the measurement among a table's: `$1` is the program. */
const ownOf = (table: StressEntity): string =>
  table === 'notifications'
    ? `t.user_id in (select a.user_id from app.user_program_assignments a where a.program_id = $1)`
    : 't.program_id = $1';

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
  for (let at = 1; at <= 4; at++) {
    const title = `Assignment ${at}`;
    await make('assignments', { id: id(title), ...inProgram, course_id: courseId, title, description: title });
  }
}
