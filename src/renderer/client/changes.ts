import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { entityOf, isEntityName, type EntityName } from '../../shared/entities';
import type { Events, Input, RequestName, SessionState, SyncState } from '../../shared/contract/requests';
import { door, doorReopened } from './door';
import { listen } from './request';

type Changes = Events['rows.changed']['changes'];

/** While a first load writes thousands of rows a second, questions are asked again no more often than this (milliseconds). */
const breath = 200;

/** Keeps every answer in the cache true: the one place that listens to the desk's events for the whole window. Returns how to stop. */
export function followChanges(cache: QueryClient): () => void {
  let gathered: Changes = {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    const changes = gathered;
    gathered = {};
    timer = undefined;
    void cache.invalidateQueries({ predicate: (query) => concerns(query.queryKey, changes) });
  };
  const stops = [
    listen('rows.changed', ({ changes }) => {
      gathered = joined(gathered, changes);
      timer ??= setTimeout(flush, breath);
    }),
    listen('sync.changed', (state) => {
      const before = cache.getQueryData<SyncState>(['sync.read', {}]);
      cache.setQueryData(['sync.read', {}], state);
      if (before?.waiting !== state.waiting || before.connection !== state.connection) {
        again(cache, 'sync.waiting');
        // What was waiting has arrived there, and with it what is said of it.
        if (state.waiting === 0 && state.connection === 'online') for (const name of trail) again(cache, name);
      }
      if (before?.conflicts !== state.conflicts || before.refused !== state.refused) again(cache, 'sync.needs-you');
    }),
    listen('session.changed', (state) => {
      const before = cache.getQueryData<SessionState>(['session.read', {}]);
      cache.setQueryData(['session.read', {}], state);
      if (whose(before) !== whose(state)) forgetAnswers(cache);
    }),
    listen('settings.changed', (settings) => cache.setQueryData(['settings.read', {}], settings)),
    door().listen(doorReopened, () => void cache.invalidateQueries()),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

const again = (cache: QueryClient, name: RequestName) => void cache.invalidateQueries({ queryKey: [name] });
const whose = (state: SessionState | undefined) => (state?.state === 'signed-in' ? state.user.userId : null);

/** What the central database alone can answer about the past. */
const trail = ['audit.search', 'audit.count'] as const;

/** Security: what one person was shown is never shown to the next. */
function forgetAnswers(cache: QueryClient): void {
  const keep: RequestName[] = ['app.info', 'keychain.read', 'settings.read', 'session.read', 'sync.read'];
  cache.removeQueries({ type: 'inactive', predicate: ({ queryKey }) => !keep.includes(queryKey[0] as RequestName) });
  void cache.resetQueries({ type: 'active', predicate: ({ queryKey }) => !keep.includes(queryKey[0] as RequestName) });
}

const joined = (a: Changes, b: Changes): Changes => ({
  ...a,
  ...Object.fromEntries(
    Object.entries(b).map(([name, ids]) => {
      const held = a[name as EntityName];
      return [name, held === 'many' || ids === 'many' ? 'many' : [...(held ?? []), ...ids]];
    }),
  ),
});

/** Whether the answer to a question may have changed. Grids follow `rows.changed` themselves, so that they refresh rows, not everything. */
export function concerns([name, input]: QueryKey, changes: Changes): boolean {
  switch (name as RequestName) {
    case 'rows.page':
    case 'rows.position':
    case 'rows.values':
    case 'rows.groups':
    case 'sheet.numbers':
      return touches((input as { view: { entity: EntityName } }).view.entity, changes);
    case 'rows.counts':
      return (input as { views: { entity: EntityName }[] }).views.some((view) => touches(view.entity, changes));
    case 'rows.choices':
      return touches((input as Input<'rows.choices'>).entity, changes);
    case 'rows.read': {
      const { entity, ids } = input as Input<'rows.read'>;
      return meets(changes[entity], ids);
    }
    case 'audit.read':
    case 'cell.story': {
      const { entity, id } = input as Input<'cell.story'>;
      return meets(changes[entity], [id]);
    }
    case 'pricing.matrix':
    case 'pricing.timeline':
    case 'pricing.simulate':
      return ['facility_course_pricing', 'facilities', 'courses', 'program_options', 'course_enrollments'].some(
        (entity) => entity in changes,
      );
    case 'curriculum.versions':
    case 'curriculum.compare':
    case 'curriculum.impact':
      return 'lesson_progress' in changes || 'course_enrollments' in changes || touchesOutline(changes);
    case 'curriculum.copyable':
      return 'facility_course_pricing' in changes || touchesOutline(changes);
    case 'curriculum.outline':
    case 'curriculum.source':
      return touchesOutline(changes);
    case 'enrollment.quote':
    case 'enrollment.options':
      return ['course_enrollments', 'facility_course_pricing', 'facilities'].some((entity) => entity in changes);
    case 'mentoring.mentors':
    case 'mentoring.week':
    case 'mentoring.free-slots':
    case 'mentoring.feedback':
    case 'mentoring.preview':
      return touchesMentoring(changes);
    case 'certificate.verify':
      return ['certificates', 'course_enrollments', 'students', 'courses'].some((entity) => entity in changes);
    case 'access.read':
      return ['users', 'user_program_assignments', 'programs'].some((entity) => entity in changes);
    case 'assignment.board':
    case 'assignment.plan':
    case 'assignment.plan-transfer':
    case 'assignment.plan-reprice':
    case 'facilities.occupancy':
      return touchesSeats(changes);
    case 'commerce.revenue':
    case 'commerce.payments':
      return ['payments', 'course_enrollments', 'courses', 'programs', 'students', 'users'].some(
        (entity) => entity in changes,
      );
    case 'learning.progress':
    case 'learning.grading':
      return ['course_enrollments', 'courses', 'certificates', 'assignments', 'submissions', 'programs'].some(
        (entity) => entity in changes,
      );
    case 'students.timeline':
      return touchesStudents(changes);
    case 'people.timeline':
    case 'overview.read':
    case 'history.read':
    case 'history.preview':
    case 'search.records':
    case 'search.titles':
    case 'rows.removal':
    case 'sync.waiting':
    case 'sync.arrived':
    case 'sync.needs-you':
      return true;
    default:
      return false;
  }
}

const touchesOutline = (changes: Changes): boolean =>
  ['courses', 'curricula', 'modules', 'lessons'].some((entity) => entity in changes);

const seats = ['course_enrollments', 'facility_course_pricing', 'facilities', 'students', 'courses', 'program_options'];
const touchesSeats = (changes: Changes): boolean => seats.some((entity) => entity in changes);
const ofStudents = ['lesson_progress', 'certificates', 'payments', 'student_guardians', 'submissions'];
const touchesStudents = (changes: Changes): boolean =>
  touchesSeats(changes) || ofStudents.some((entity) => entity in changes);

const touchesMentoring = (changes: Changes): boolean =>
  'users' in changes || Object.keys(changes).some((name) => isEntityName(name) && entityOf(name).area === 'mentoring');

const meets = (changed: string[] | 'many' | undefined, ids: string[]) =>
  changed === 'many' || (changed?.some((id) => ids.includes(id)) ?? false);

/** A row's text holds the titles of the rows it refers to, so those count too. */
function touches(entity: EntityName, changes: Changes): boolean {
  if (entity in changes) return true;
  return Object.values(entityOf(entity).fields).some(
    (field) => field.kind === 'reference' && isEntityName(field.options.to) && field.options.to in changes,
  );
}
