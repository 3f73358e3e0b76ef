/**
 * The change log: in which scopes a row stands.
 *
 * `sync.wanted_<t>` is the definition (a view: row, class, owner, op); `sync.head` is kept equal to it by triggers, and what it no longer
 * wants becomes `L`. A test compares the two for every table.
 * Invariant: whoever computes scopes from several tables first locks the row they hang from, so that two transactions cannot each miss the
 * other's half.
 */
import { allEntities } from '../../shared/entities';
import { consoleRoles } from '../../shared/entities/user';
import type { Entity } from '../../shared/model';
import { classNumber, numberOf, zero } from './scopes';
import { fn, quoted } from './text';

const opOf = (row: string): string => `case when ${row}.deleted_at is null then 'P' else 'D' end::"char"`;
const { platform, admin, catalogue, people, own, teaching } = classNumber;
const staff = consoleRoles.map(quoted).join(', ');

/** One arm of a `wanted` view. */
const arm = (table: string, row: string, cls: number | string, owner: string, rest = ''): string =>
  `select ${row}.id as row_id, (${cls})::smallint as class, ${owner} as owner, ${opOf(row)} as op from app.${table} ${row} ${rest}`.trimEnd();

/** Every program a user is part of: assigned to it, a student there, or a guardian there. */
const belonging = `
create view sync.belonging as
  select a.user_id, a.program_id, true as assigned from app.user_program_assignments a where a.deleted_at is null
  union select s.user_id, s.program_id, false from app.students s where s.deleted_at is null and s.user_id is not null
  union select g.guardian_id, g.program_id, false from app.student_guardians g where g.deleted_at is null;
`;

const homeless = (user: string): string =>
  `${user}.created_by is not null and not exists (select from sync.belonging b where b.user_id = ${user}.id)`;

/** A course's tutor holds its enrollments and their students, as long as the tutor works in the program. */
const taught = `join app.courses c on c.id = e.course_id and c.instructor_id is not null
    join app.user_program_assignments t on t.user_id = c.instructor_id and t.program_id = e.program_id and t.deleted_at is null`;

/** Entities that say more about an account (`userId`) stand where the account stands. */
const companions = allEntities.filter((entity) => entity.scope === 'account' && entity.name !== 'users');
const companionArms = ({ name }: Entity): string[] => [
  arm(name, 'p', admin, zero),
  arm(name, 'p', own, 'p.user_id'),
  arm(name, 'p', people, 'b.program_id', 'join sync.belonging b on b.user_id = p.user_id'),
  arm(name, 'p', own, 'u.created_by', `join app.users u on u.id = p.user_id where ${homeless('u')}`),
];
const ofCompanions = <T>(make: (entity: Entity) => T): Record<string, T> =>
  Object.fromEntries(companions.map((entity) => [entity.name, make(entity)]));

const special: Record<string, string[]> = {
  ...ofCompanions(companionArms),
  users: [
    arm('users', 'u', admin, zero),
    arm('users', 'u', own, 'u.id'),
    arm(
      'users',
      'u',
      `case when b.assigned and u.role in (${staff}) then ${catalogue} else ${people} end`,
      'b.program_id',
      'join sync.belonging b on b.user_id = u.id',
    ),
    arm('users', 'u', own, 'u.created_by', `where ${homeless('u')}`),
  ],
  students: [
    arm('students', 's', people, 's.program_id'),
    arm(
      'students',
      's',
      teaching,
      'c.instructor_id',
      `join app.course_enrollments e on e.student_id = s.id and e.deleted_at is null
    ${taught}`,
    ),
  ],
  course_enrollments: [
    arm('course_enrollments', 'e', people, 'e.program_id'),
    arm('course_enrollments', 'e', teaching, 'c.instructor_id', taught),
  ],
};

/** What each row's scopes hang from: locked before they are computed. */
const anchors: Record<string, string> = {
  users: `perform 1 from app.users u where u.id = any (ids) order by u.id for no key update;`,
  ...ofCompanions(
    ({ name }) =>
      `perform 1 from app.users u where u.id in (select p.user_id from app.${name} p where p.id = any (ids)) order by u.id for no key update;`,
  ),
  students: `perform 1 from app.students s where s.id = any (ids) order by s.id for no key update;`,
  course_enrollments: `perform 1 from app.courses c where c.id in (select e.course_id from app.course_enrollments e where e.id = any (ids)) order by c.id for share;`,
};

/** The scope of a row that follows from the row alone. */
function plainScope(entity: Entity, row: string): { cls: number; owner: string } {
  switch (entity.scope) {
    case 'platform':
      return { cls: platform, owner: zero };
    case 'program':
      return { cls: classNumber[entity.dataClass], owner: `${row}.program_id` };
    case 'self':
      return { cls: catalogue, owner: `${row}.id` };
    case 'user':
      return { cls: own, owner: `${row}.user_id` };
    case 'account':
      throw new Error(`${entity.name}: the scopes of an account are declared in sql/head.ts`);
  }
}

function wantedView(entity: Entity): string {
  const scope = special[entity.name] ? null : plainScope(entity, 't');
  const arms = special[entity.name] ?? [arm(entity.name, 't', scope?.cls ?? 0, scope?.owner ?? zero)];
  return `create view sync.wanted_${entity.name} as\n  ${arms.join('\n  union\n  ')};\n`;
}

/** A few ids among any number of rows: always by index, whatever the planner thinks of small tables today. */
const byIndex = ['enable_hashjoin = off', 'enable_mergejoin = off', 'enable_seqscan = off'];

function refresh(entity: Entity): string {
  return fn(
    `sync.refresh_${entity.name}(ids uuid[], touch boolean)`,
    'void',
    { as: 'owner', settings: byIndex },
    `
begin
  ${anchors[entity.name] ?? ''}
  insert into sync.head as h (class, owner, tbl, row_id, x, op)
    select w.class, w.owner, ${entity.number}, w.row_id, pg_current_xact_id(), w.op
      from sync.wanted_${entity.name} w where w.row_id = any (ids) order by 1, 2, 4
    on conflict (class, owner, tbl, row_id) do update set x = excluded.x, op = excluded.op where touch or h.op <> excluded.op;
  -- The row may have been deleted by whoever held its entry until now: what was read above is then older than what they wrote.
  update sync.head h set op = ${opOf('t')}, x = pg_current_xact_id()
    from app.${entity.name} t
    where h.tbl = ${entity.number} and h.row_id = any (ids) and t.id = h.row_id and h.op <> 'L' and h.op <> ${opOf('t')};
  -- \`any (ids)\` is said again: without it, the whole view would be computed.
  update sync.head h set op = 'L', x = pg_current_xact_id()
    where h.tbl = ${entity.number} and h.row_id = any (ids) and h.op <> 'L'
      and not exists (select from sync.wanted_${entity.name} w
        where w.row_id = any (ids) and w.row_id = h.row_id and w.class = h.class and w.owner = h.owner);
end`,
  );
}

/** Columns that decide, with other tables, in which scopes a row stands. Where none of them changed, the row stays where it stands. */
const deciding: Record<string, readonly string[]> = {
  users: ['role', 'created_by'],
  ...ofCompanions(() => ['user_id']),
  students: ['program_id'],
  course_enrollments: ['program_id', 'course_id'],
};

/** A new row's scopes, where they are known without asking other tables. */
const atFirst: Record<string, string> = {
  // Nobody is enrolled before they exist.
  students: `insert into sync.head (class, owner, tbl, row_id, op)
      values (${people}, new.program_id, ${numberOf('students')}, new.id, ${opOf('new')});`,
};

/** The statement of a table's own trigger that records the change of one row. */
export function recordHead(entity: Entity): string {
  const columns = deciding[entity.name];
  if (columns) {
    const same = (row: string): string => `(${columns.map((column) => `${row}.${column}`).join(', ')})`;
    return `if tg_op = 'INSERT' then
    ${atFirst[entity.name] ?? `perform sync.refresh_${entity.name}(array[new.id], true);`}
  elsif ${same('old')} is distinct from ${same('new')} then
    perform sync.refresh_${entity.name}(array[new.id], true);
  else
    update sync.head h set x = pg_current_xact_id(), op = ${opOf('new')} where h.tbl = ${entity.number} and h.row_id = new.id and h.op <> 'L';
  end if;`;
  }
  const { cls, owner } = plainScope(entity, 'new');
  return `insert into sync.head (class, owner, tbl, row_id, op)
    values (${cls}, ${owner}, ${entity.number}, new.id, ${opOf('new')})
    on conflict (class, owner, tbl, row_id) do update set x = excluded.x, op = excluded.op;`;
}

const refreshCompanions = (user: string): string =>
  companions
    .map(
      ({ name }) => `
  perform sync.refresh_${name}(coalesce((select array_agg(p.id) from app.${name} p where p.user_id = ${user}), '{}'), false);`,
    )
    .join('');

const refreshPeople = (user: string): string => `
  perform sync.refresh_users(array[${user}], false);${refreshCompanions(user)}`;

/** Enrollments of some courses, and their students. */
const refreshTeaching = (courses: string): string => `
  perform 1 from app.courses c where c.id in (${courses}) order by c.id for no key update;
  perform sync.refresh_course_enrollments(coalesce((select array_agg(e.id) from app.course_enrollments e where e.course_id in (${courses})), '{}'), false);
  perform sync.refresh_students(coalesce((select array_agg(distinct e.student_id) from app.course_enrollments e where e.course_id in (${courses})), '{}'), false);`;

const spread = (table: string, when: string, body: string): string =>
  fn(`sync.spread_${table}()`, 'trigger', { as: 'owner' }, `begin${body}\n  return null;\nend`) +
  `create trigger t3_spread after ${when} on app.${table} for each row execute function sync.spread_${table}();\n`;

/** What a change of one table does to the scopes of rows of another. */
const spreads = [
  spread(
    'user_program_assignments',
    'insert or update of deleted_at, user_id',
    `${refreshPeople('new.user_id')}${refreshTeaching('select c2.id from app.courses c2 where c2.instructor_id = new.user_id and c2.program_id = new.program_id')}`,
  ),
  spread('student_guardians', 'insert or update of deleted_at, guardian_id', refreshPeople('new.guardian_id')),
  spread(
    'students',
    'insert or update of deleted_at, user_id',
    `
  if new.user_id is not null
     and (tg_op = 'INSERT' or old.user_id is distinct from new.user_id or old.deleted_at is distinct from new.deleted_at) then${refreshPeople('new.user_id')}
  end if;
  if tg_op = 'UPDATE' and old.user_id is distinct from new.user_id and old.user_id is not null then${refreshPeople('old.user_id')}
  end if;`,
  ),
  spread(
    'users',
    'update of role, deleted_at',
    `
  if old.role is distinct from new.role then${refreshCompanions('new.id')}
  end if;`,
  ),
  spread(
    'courses',
    'update of instructor_id',
    `
  if old.instructor_id is distinct from new.instructor_id then${refreshTeaching('new.id')}
  end if;`,
  ),
  spread(
    'course_enrollments',
    'insert or update of deleted_at, student_id, course_id',
    `
  perform sync.refresh_students(array[new.student_id], false);`,
  ),
];

export const headSql = (): string =>
  [belonging, ...allEntities.flatMap((entity) => [wantedView(entity), refresh(entity)])].join('\n');
export const spreadSql = (): string => spreads.join('\n');
