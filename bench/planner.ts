/**
 * `planner`: places for 500 students of one course at once, and enrolling them, in a program of twenty facilities with thousands of learners;
 * beside the bare statements that read or write the same rows.
 */
import { assignmentRequests } from '../src/shared/contract/assignment';
import { newId } from '../src/shared/model';
import { enrollMany } from '../src/main/desk/commands/enroll-many';
import { undo } from '../src/main/desk/commands/undo';
import { planPeople } from '../src/main/desk/queries/plan-ground';
import { sampleDesk } from '../src/main/desk/testing/sample-desk';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { alternate, ratio, type Bench, type Figure } from './measure';

const FACILITIES = 20;
const configuration = { ageGroup: 'adults', locationType: 'our-facility' };

export const planner: Bench = async ({ quick, rows, log }) => {
  const n = quick ? 20 : (rows ?? 500);
  const turns = quick ? 2 : 7;
  const temp = tempStore();
  try {
    const { store, context, ids, put } = sampleDesk(temp.open());
    const own = { programId: ids.program };
    const person = { firstName: 'Ada', lastName: 'Obi', status: 'active', dateOfBirth: '1990-01-01' };
    const students: string[] = [];
    log(`making ${n} students, and ${10 * n} who are enrolled`);
    store.writer.transaction(() => {
      const capacity = Math.ceil((12 * n) / FACILITIES);
      const pools = Array.from({ length: FACILITIES }, (_, f) =>
        put('facilities', { ...own, name: `Pool ${f}`, facilityType: 'pool', capacity, status: 'active' }),
      );
      for (const [at, facilityId] of pools.entries())
        for (const sessionType of ['group', 'private']) {
          const price = { price: 1_000_000 + at, currency: 'NGN', effectiveDate: '2026-01-01', endDate: null };
          const key = { facilityId, courseId: ids.course, ...configuration, sessionType };
          put('facility_course_pricing', { ...own, ...key, ...price, isActive: true });
        }
      for (let i = 0; i < n; i++) students.push(put('students', { ...own, ...person }));
      for (let i = 0; i < 10 * n; i++) {
        const where = {
          courseId: ids.course,
          facilityId: pools[i % FACILITIES],
          ...configuration,
          sessionType: 'group',
        };
        const standing = { status: 'active', enrollmentDate: '2026-02-01', assignmentType: 'direct' };
        const studentId = put('students', { ...own, ...person });
        put('course_enrollments', { ...own, studentId, ...where, ...standing, progressPercentage: 0, priceAgreed: 1 });
      }
    })();
    const { reader, writer } = store;
    const input = assignmentRequests['assignment.plan'].parse({ courseId: ids.course, students, date: '2026-11-23' });
    const statements = [
      `select facility_id, age_group, location_type, session_type, count(*) from course_enrollments
       where program_id = '${ids.program}' and status in ('active', 'paused') group by 1, 2, 3, 4`,
      `select id, student_id, facility_id from course_enrollments where course_id = '${ids.course}' and status in ('active', 'paused')`,
      `select * from facility_course_pricing where course_id = '${ids.course}'`,
    ].map((sql) => reader.prepare(sql));
    const one = reader.prepare('select * from students where id = ?');
    const figures: Figure[] = [];
    const figure = (name: string, ms: { ours: number; bare: number }): void => {
      figures.push(ratio(name, ms.ours / ms.bare, 'lower', null, n));
      figures.push({
        ...{ name: `${name}-ms`, value: ms.ours, unit: 'ms', better: 'lower' },
        goal: null,
        limit: ms.bare,
        n,
      });
    };
    const bare = (): void => {
      for (const each of statements) each.all();
      for (const id of students) one.get(id);
    };
    figure('planner', await alternate(turns, { ours: { run: () => planPeople(context, input) }, bare: { run: bare } }));

    const { proposals } = planPeople(context, input);
    const agreed = proposals.map(({ studentId, facilityId, ageGroup, locationType, sessionType, price }) => ({
      ...{ id: studentId, facilityId, ageGroup, locationType, sessionType, price },
    }));
    log(`enrolling ${agreed.length}`);
    const fresh: string[] = [];
    const insert = writer.prepare(
      `insert into course_enrollments (id, row_version, created_at, updated_at, program_id, student_id, course_id, facility_id, age_group, location_type,
         session_type, status, enrollment_date, assignment_type, progress_percentage)
       values (?, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, 'active', '2026-11-23', 'bulk_assigned', 0)`,
    );
    const remove = writer.prepare('delete from course_enrollments where id = ?');
    figure(
      'planner-enroll',
      await alternate(turns, {
        ours: {
          run: () => enrollMany(context, { ...input, byParent: false, agreed }),
          after: () => void undo(context, {}),
        },
        bare: {
          run: writer.transaction(() => {
            for (const at of agreed) {
              const id = newId();
              fresh.push(id);
              insert.run(
                id,
                ids.program,
                at.id,
                ids.course,
                at.facilityId,
                at.ageGroup,
                at.locationType,
                at.sessionType,
              );
            }
          }) as () => void,
          after: writer.transaction(() => {
            for (const id of fresh.splice(0)) remove.run(id);
          }) as () => void,
        },
      }),
    );
    return figures;
  } finally {
    temp.remove();
  }
};
