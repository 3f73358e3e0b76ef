import type { Board, BoardCard, BoardColumn, BoardGroup } from '../../../shared/contract/assignment';
import { entityOf } from '../../../shared/entities';
import { seatKey, type Configuration } from '../../../shared/rules/assignment';
import { isWaiting } from '../../../shared/rules/capacity';
import { whyNot } from '../../../shared/rules/permit';
import { ageOn } from '../../../shared/rules/pricing';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { marksOf } from './marks';
import { labels } from './plan-ground';

/** Everybody who holds a seat of a program or waits for one, by facility and configuration. */
export const board: Query<'assignment.board'> = ({ read, session, now }, { programId, courseId }): Board => {
  const today = new Date(now()).toISOString().slice(0, 10);
  const all = cardsOf(read, programId, today);
  const groups = Map.groupBy(groupsOf(read, programId, all), ({ facilityId }) => facilityId);
  const cards = Map.groupBy(
    courseId === undefined ? all : all.filter((card) => card.courseId === courseId),
    ({ facilityId }) => facilityId,
  );
  const facilities = statement(
    read,
    `select id, name, facility_type as facilityType, status, capacity from facilities where program_id = ?
     order by status <> 'active', lower(name), id`,
  ).all(programId) as Omit<BoardColumn, 'groups' | 'cards'>[];
  const reason = whyNot(session, entityOf('course_enrollments'), 'create', { programId });
  return {
    today,
    columns: facilities.map((facility) => ({
      ...facility,
      groups: groups.get(facility.id) ?? [],
      cards: cards.get(facility.id) ?? [],
    })),
    courses: statement(
      read,
      'select id, name from courses where program_id = ? and is_active = 1 order by lower(name), id',
    ).all(programId) as Board['courses'],
    canAssign: reason === null,
    whyNot: reason,
  };
};

type PlacedCard = BoardCard & { facilityId: string };

function cardsOf(db: Readable, programId: string, today: string): PlacedCard[] {
  const rows = statement(
    db,
    `select e.id, e.facility_id as facilityId, e.student_id as studentId, s.first_name || ' ' || s.last_name as student,
       s.date_of_birth as born, e.course_id as courseId, c.name as course, e.age_group as ageGroup, e.location_type as locationType,
       e.session_type as sessionType, e.status, e.enrollment_date as since, e.price_agreed as price, e.currency,
       e.progress_percentage as progress, e.override_reason as overrideReason
     from course_enrollments e left join students s on s.id = e.student_id left join courses c on c.id = e.course_id
     where e.program_id = ? and e.status in ('active', 'paused', 'waitlisted')
     order by case e.status when 'waitlisted' then e.id end, s.last_name, s.first_name, e.id`,
  ).all(programId) as (Omit<PlacedCard, 'age' | 'mark'> & { born: string | null })[];
  const marks = marksOf(
    db,
    'course_enrollments',
    rows.map(({ id }) => id),
  );
  return rows.map(({ born, ...row }) => ({
    ...row,
    student: row.student ?? 'A student not on this computer',
    course: row.course ?? '',
    age: ageOn(born, today),
    mark: marks[row.id] ?? null,
  }));
}

/** Configurations in use, in the program's order. */
export function groupsOf(
  db: Readable,
  programId: string,
  cards: readonly (Configuration & Pick<BoardCard, 'mark'> & { status: string })[],
): (BoardGroup & { facilityId: string })[] {
  const lists = {
    ageGroup: labels(db, programId, 'age_group'),
    sessionType: labels(db, programId, 'session_type'),
    locationType: labels(db, programId, 'location_type'),
  };
  const place = (part: keyof typeof lists, code: string): number => {
    const at = Object.keys(lists[part]).indexOf(code);
    return at < 0 ? 1000 : at;
  };
  const parts = ['ageGroup', 'sessionType', 'locationType'] as const;
  return [...Map.groupBy(cards, seatKey).values()]
    .flatMap((held) => {
      const [first] = held;
      if (!first) return [];
      const { facilityId, ageGroup, locationType, sessionType } = first;
      const label = parts.map((part) => lists[part][first[part]] ?? first[part]).join(' · ');
      const seated = held.filter(({ status }) => !isWaiting(status));
      const provisional = seated.filter(({ mark }) => mark !== null).length;
      const counts = { taken: seated.length, provisional, waiting: held.length - seated.length };
      return [{ facilityId, ageGroup, locationType, sessionType, label, ...counts }];
    })
    .sort((a, b) => {
      const differing = parts.find((part) => a[part] !== b[part]);
      return differing ? place(differing, a[differing]) - place(differing, b[differing]) : 0;
    });
}
