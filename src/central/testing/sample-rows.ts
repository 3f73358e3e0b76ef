/** A valid row of any entity, with everything it needs, as a super admin's desk would push it: for tests over all entities. */
import type { Op } from '../../shared/contract/wire';
import { allEntities, entityOf, type EntityName } from '../../shared/entities';
import { newId, type Field, type FieldKind, type FieldOf } from '../../shared/model';
import type { FreshCentral, TestDesk } from './central';
import { configuration, insert, remove, update } from './ops';

type Values = Record<string, unknown>;
const hour = 3_600_000;
const soon = Date.UTC(2030, 0, 7, 9);

const samples = {
  text: (f, n) => (f.options.timeZone ? 'Africa/Lagos' : `Text ${n}`.slice(0, f.options.max)),
  markdown: (_f, n) => `# Text ${n}`,
  email: (_f, n) => `person-${n}@example.org`,
  slug: (_f, n) => `slug-${n}`,
  url: (_f, n) => `https://example.org/${n}`,
  integer: (f) => Math.max(f.options.min ?? 0, 5),
  money: () => 150_000,
  currency: () => 'NGN',
  percent: () => 10,
  boolean: () => true,
  choice: (f) => (f.options as { default?: string }).default ?? f.options.values[0]!,
  option: (f) =>
    ({ age_group: 'adults', location_type: 'our-facility', session_type: 'group' })[f.options.optionKind] ?? 'x',
  reference: () => '',
  list: () => ['one'],
  json: () => ({}),
  date: () => '2026-03-02',
  timestamp: () => Date.UTC(2026, 2, 3),
  time: () => '09:30',
  timeRange: (_f, n) => [soon + n * 24 * hour, soon + n * 24 * hour + hour] as [number, number],
  recurrence: () => 'FREQ=WEEKLY;COUNT=3',
  order: () => 1,
  sensitive: (f) => ({ [Object.keys(f.options.parts)[0]!]: 'secret' }),
  generated: () => 'X',
} satisfies { [K in FieldKind]: (field: FieldOf<K>, n: number) => unknown };

/** Makes rows one after another. */
export class SampleRows {
  #n = 0;
  constructor(
    private readonly central: FreshCentral,
    readonly desk: TestDesk,
    readonly program: string,
    readonly userId: string,
  ) {}

  async user(role: string): Promise<string> {
    return (await this.central.addUser({ role, programs: [this.program] })).id;
  }

  /** Pushes a fresh row. @returns its id */
  async make(name: EntityName, more: Values = {}): Promise<string> {
    const { id, values } = await this.fresh(name, more);
    await this.push(insert(name, id, values));
    return id;
  }

  async push(...ops: Op[]): Promise<void> {
    const result = await this.desk.change(...ops);
    if (!['applied', 'merged'].includes(result.status)) throw new Error(`${ops[0]?.entity}: ${JSON.stringify(result)}`);
  }

  /** Values of a row that could be pushed; what it refers to is there. */
  async fresh(name: EntityName, more: Values = {}): Promise<{ id: string; values: Values }> {
    const n = ++this.#n;
    const values: Values = {};
    const own = { ...(await this.#special(name, n, more)), ...more };
    for (const [field, declared] of Object.entries(entityOf(name).fields) as [string, Field][]) {
      if (Object.hasOwn(own, field)) {
        if (own[field] !== undefined) values[field] = own[field];
      } else if (declared.kind === 'generated' || declared.options.readOnly) continue;
      else if (declared.kind !== 'reference') {
        values[field] = (samples[declared.kind] as (f: unknown, n: number) => unknown)(declared, n);
      } else if (declared.required) {
        const { to, where } = declared.options;
        values[field] =
          field === 'programId'
            ? this.program
            : to === 'users'
              ? await this.user((where?.['role'] ?? ['student'])[0]!)
              : await this.make(to as EntityName);
      }
    }
    return { id: newId(), values };
  }

  /** A course with a facility, a price and a lesson. */
  async place(): Promise<{ courseId: string; facilityId: string }> {
    const courseId = await this.make('courses');
    const facilityId = await this.make('facilities');
    await this.make('facility_course_pricing', { courseId, facilityId });
    return { courseId, facilityId };
  }

  /** What follows from rules between rows. */
  async #special(name: EntityName, n: number, more: Values): Promise<Values> {
    switch (name) {
      case 'user_program_assignments':
        return { userId: (await this.central.addUser({ role: 'student' })).id };
      case 'users':
        return { username: `sample-${n}`, role: 'student' };
      case 'social_links':
      case 'saved_views':
      case 'import_recipes':
        return { userId: this.userId, entity: 'courses' };
      case 'program_options':
        return { code: `code-${n}`, optionKind: 'course_category' };
      case 'courses':
        return { category: undefined };
      case 'curricula':
      case 'modules':
      case 'lessons':
        return { lineId: undefined, sourceId: undefined, lineageId: undefined };
      case 'facility_course_pricing':
        return { effectiveDate: '2026-01-01', endDate: undefined };
      case 'course_enrollments':
        return { ...(await this.place()), ...configuration, priceAgreed: undefined, currency: undefined };
      case 'lesson_progress': {
        const place = await this.place();
        const enrollmentId = await this.make('course_enrollments', place);
        const curriculumId = await this.make('curricula', { courseId: place.courseId });
        const moduleId = await this.make('modules', { curriculumId });
        await this.make('lessons', { moduleId });
        return { enrollmentId, lessonId: await this.make('lessons', { moduleId }) };
      }
      case 'certificates': {
        const enrollmentId = await this.make('course_enrollments');
        await this.push(update('course_enrollments', enrollmentId, 1, { status: 'active' }, { status: 'completed' }));
        return { enrollmentId };
      }
      case 'bookings': {
        if (more['mentorId']) return {};
        const mentorId = await this.make('mentors');
        const period = [soon + n * 24 * hour, soon + n * 24 * hour + hour];
        await this.make('availability_slots', { mentorId, period });
        return { mentorId, period, clientId: await this.user('student') };
      }
      case 'mentoring_sessions': {
        const bookingId = await this.make('bookings');
        // A booking comes with its session.
        await this.central.sql.query('delete from app.mentoring_sessions where booking_id = $1', [bookingId]);
        return { bookingId };
      }
      case 'booking_reviews': {
        const mentorId = await this.make('mentors');
        const clientId = await this.user('student');
        const bookingId = newId();
        await this.central.sql.query(
          `insert into app.availability_slots (id, program_id, mentor_id, period) values (gen_random_uuid(), $1, $2, '[2026-01-05 09:00Z,2026-01-05 10:00Z)')`,
          [this.program, mentorId],
        );
        await this.central.sql.query(
          `insert into app.bookings (id, program_id, mentor_id, client_id, period) values ($1, $2, $3, $4, '[2026-01-05 09:00Z,2026-01-05 10:00Z)')`,
          [bookingId, this.program, mentorId, clientId],
        );
        for (const status of ['confirmed', 'completed'])
          await this.central.sql.query('update app.bookings set status = $2 where id = $1', [bookingId, status]);
        return { mentorId, bookingId, reviewerId: clientId };
      }
      case 'assessment_questions':
        return { options: [{ value: 'a', label: 'A' }], scoring: { a: 1 } };
      case 'payments':
        return { enrollmentId: await this.make('course_enrollments') };
      case 'subscriptions':
        return { periodEnd: '2026-04-01' };
      default:
        return {};
    }
  }
}

/** Entities whose rows a super admin may push. */
export const pushable = allEntities.filter(({ access, scope }) => access.create !== 'nobody' && scope !== 'self');
export { remove };
