import type { Overview } from '../../../shared/contract/answers';
import type { SyncState } from '../../../shared/contract/requests';
import type { SessionFacts } from '../../../shared/contract/wire';
import { entityOf } from '../../../shared/entities';
import { mayRead, whyNot } from '../../../shared/rules/permit';
import { pathOf } from '../../client/paths';
import { ageText, counted, countText, momentText } from '../../ui/moment';

/** One thing that waits for the person, and where it is settled. */
export interface Need {
  kind: 'refused' | 'conflict' | 'price' | 'capacity' | 'guardian' | 'draft' | 'bookings' | 'waiting';
  title: string;
  detail: string;
  action: string;
  path: string;
}

type Person = Pick<SessionFacts, 'userId' | 'role' | 'programs'>;

/** Whether this person sees who a student's guardians are; to everybody else all students would seem to have none. */
export const seesGuardians = (person: Person): boolean => mayRead(person, entityOf('student_guardians'));

/** What needs the person, the pressing first. What only others can settle is left to them. */
export function needsMe(overview: Overview, sync: SyncState | undefined, person: Person): Need[] {
  const { occupancy, unpricedCombinations, programs, drafts } = overview;
  const setsPrices = whyNot(person, entityOf('facility_course_pricing'), 'create') === null;
  const needs: Need[] = [];
  const add = (count: number, need: () => Need) => count > 0 && needs.push(need());
  const full = occupancy.filter(({ taken, capacity }) => taken > capacity);
  const unpriced = programs.filter((program) => program.unpriced > 0).map(({ name }) => name);

  add(sync?.refused ?? 0, () => ({
    kind: 'refused',
    title: `${counted(sync?.refused ?? 0, 'change')} refused`,
    detail: 'Kept on this desk until you decide; nothing else waits for them.',
    action: 'Resolve',
    path: '/sync',
  }));
  add(sync?.conflicts ?? 0, () => ({
    kind: 'conflict',
    title: counted(sync?.conflicts ?? 0, 'conflict'),
    detail: 'Somebody else changed the same thing. Choose which one stands.',
    action: 'Choose',
    path: '/sync',
  }));
  add(full.length, () => ({
    kind: 'capacity',
    title: `${counted(full.length, 'facility', 'facilities')} over capacity`,
    detail: listed(
      full.map(
        ({ facility, group, taken, capacity }) =>
          `${facility}, ${group}: ${countText(taken)} of ${countText(capacity)}`,
      ),
    ),
    action: 'Open list',
    path: pathOf('facilities', null, 'over-capacity'),
  }));
  add(setsPrices ? unpricedCombinations : 0, () => ({
    kind: 'price',
    title: `${counted(unpricedCombinations, 'combination')} without a price`,
    detail:
      unpriced.length > 0
        ? `Nobody can enroll in them until a price is set: ${listed(unpriced)}`
        : 'Nobody can enroll in them until a price is set.',
    action: 'Add prices',
    path: pathOf('facility_course_pricing', null, 'without-price'),
  }));
  const { studentsWithoutAnybody: alone, studentsWithoutGuardian, studentsWithoutContact } = overview;
  add(seesGuardians(person) ? Math.max(alone, studentsWithoutGuardian) : 0, () => ({
    kind: 'guardian',
    ...(alone > 0
      ? {
          title: `${counted(alone, 'student')} without a guardian or emergency contact`,
          path: pathOf('students', null, 'without-anybody'),
        }
      : {
          title: `${counted(studentsWithoutGuardian, 'student')} without a guardian`,
          path: pathOf('students', null, 'without-guardian'),
        }),
    detail: `${countText(studentsWithoutGuardian)} without a guardian, ${countText(studentsWithoutContact)} without an emergency contact.`,
    action: 'Open list',
  }));
  const unconfirmed = programs.reduce((sum, program) => sum + program.bookingsUnconfirmed, 0);
  add(whyNot(person, entityOf('bookings'), 'update') === null ? unconfirmed : 0, () => ({
    kind: 'bookings',
    title: `${counted(unconfirmed, 'booking')} today not confirmed`,
    detail: 'Client and mentor are waiting to hear.',
    action: 'Open calendar',
    path: '/mentoring',
  }));
  const [draft] = drafts;
  add(whyNot(person, entityOf('curricula'), 'update') === null ? drafts.length : 0, () => ({
    kind: 'draft',
    title:
      drafts.length === 1
        ? 'A draft curriculum waits for review'
        : `${countText(drafts.length)} draft curricula wait for review`,
    detail: listed(
      drafts.map(({ course, version, since }) => `${course}, draft v${version}${ofAge(since, overview.at)}`),
    ),
    action: 'Review',
    path: `/curriculum/${draft?.courseId ?? ''}`,
  }));
  add(sync?.waiting ?? 0, () => ({
    kind: 'waiting',
    title: `${counted(sync?.waiting ?? 0, 'change')} waiting to send`,
    detail:
      sync?.oldestWaitingAt == null
        ? 'Saved on this desk.'
        : `Saved on this desk; the oldest from ${momentText(sync.oldestWaitingAt).replace(/^Today, /, '')}.`,
    action: 'Sync centre',
    path: '/sync',
  }));
  return needs;
}

const ofAge = (since: number, now: number): string => {
  const age = ageText(since, now);
  return age && `, ${age}`;
};

const listed = (names: string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join('; ')} and ${countText(names.length - 3)} more` : names.join('; ');
