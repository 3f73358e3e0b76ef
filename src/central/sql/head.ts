/**
 * The change log: in which scopes a row stands.
 *
 * `sync.wanted_<t>` is the definition (a view: row, class, owner, op); `sync.head` is kept equal to it by triggers, and what it no longer
 * wants becomes `L`. A test compares the two for every table.
 * Invariant: whoever computes scopes from several tables first locks the row they hang from, so that two transactions cannot each miss the
 * other's half.
 */
import { allEntities, entityOf } from '../../shared/entities';
import { consoleRoles } from '../../shared/entities/user';
import { columnOf, type Entity, type FieldOf } from '../../shared/model';
import { teachingPath } from '../../shared/rules/teaching';
import { classNumber, joinsToCourse, numberOf, taughtEntities, zero } from './scopes';
import { fn, quoted } from './text';

const opOf = (row: string): string => `case when ${row}.deleted_at is null then 'P' else 'D' end::"char"`;
const { platform, admin, catalogue, people, own, teaching } = classNumber;
const staff = consoleRoles.map(quoted).join(', ');

/** One arm of a `wanted` view. */
const arm = (table: string, row: string, cls: number | string, owner: string, rest = ''): string =>
  `select ${row}.id as row_id, (${cls})::smallint as class, ${owner} as owner, ${opOf(row)} as op from app.${table} ${row} ${rest}`.trimEnd();

/** What makes a person part of a program: every row of the program that names them, but for who merely wrote something. */
const belongings = allEntities
  .filter((entity) => entity.scope === 'program')
  .flatMap((entity) =>
    Object.entries(entity.fields).flatMap(([name, { kind, options }]) =>
      kind === 'reference' && (options as FieldOf<'reference'>['options']).to === 'users' && !options.readOnly
        ? [{ entity, column: columnOf(name) }]
        : [],
    ),
  );

/** A few ids among any number of rows: always by index, whatever the planner thinks of small tables today, and planned once. */
export const byIndex = [
  'enable_nestloop = on',
  'enable_hashjoin = off',
  'enable_mergejoin = off',
  'enable_seqscan = off',
  'plan_cache_mode = force_generic_plan',
];

/** The programs a person is part of, and the class of the rows that say so. A function, because as a view it would be planned at every use. */
const belonging = fn(
  'sync.belongings_of(who uuid)',
  'table (program_id uuid, class smallint)',
  { as: 'owner', kind: 'stable', settings: byIndex },
  `
begin
  return query
  ${belongings
    .map(
      ({ entity, column }) =>
        `select x.program_id, ${classNumber[entity.dataClass]}::smallint from app.${entity.name} x where x.${column} = who and x.deleted_at is null`,
    )
    .join('\n  union ')};
end`,
);

const homeless = (user: string): string =>
  `${user}.created_by is not null and not exists (select from sync.belongings_of(${user}.id))`;
const partOf = (user: string): string => `cross join lateral sync.belongings_of(${user}) b`;

/** A course's tutor holds what hangs from it, as long as the tutor works in the program. */
const taughtBy = (entity: Entity, row: string): string =>
  `${joinsToCourse(teachingPath(entity), row)}
    join app.user_program_assignments a on a.user_id = c.instructor_id and a.program_id = ${row}.program_id and a.deleted_at is null`;

const ofTaught = <T>(make: (entity: Entity) => T): Record<string, T> =>
  Object.fromEntries(taughtEntities.map((entity) => [entity.name, make(entity)]));

/** Entities that say more about an account (`userId`) stand where the account stands. */
const companions = allEntities.filter((entity) => entity.scope === 'account' && entity.name !== 'users');
const companionArms = ({ name }: Entity): string[] => [
  arm(name, 'p', admin, zero),
  arm(name, 'p', own, 'p.user_id'),
  arm(name, 'p', `greatest(b.class, ${people})`, 'b.program_id', partOf('p.user_id')),
  arm(name, 'p', own, 'u.created_by', `join app.users u on u.id = p.user_id where ${homeless('u')}`),
];
const ofCompanions = <T>(make: (entity: Entity) => T): Record<string, T> =>
  Object.fromEntries(companions.map((entity) => [entity.name, make(entity)]));

const special: Record<string, string[]> = {
  ...ofCompanions(companionArms),
  users: [
    arm('users', 'u', admin, zero),
    arm('users', 'u', own, 'u.id'),
    // Who works in a program is known to everybody there; who else is part of it, to those who work with people.
    arm(
      'users',
      'u',
      `case when u.role in (${staff}) then b.class else greatest(b.class, ${people}) end`,
      'b.program_id',
      partOf('u.id'),
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
      `join app.course_enrollments e on e.student_id = s.id and e.deleted_at is null ${taughtBy(entityOf('course_enrollments'), 'e')}`,
    ),
  ],
  ...ofTaught((entity) => [
    arm(entity.name, 'e', classNumber[entity.dataClass], 'e.program_id'),
    arm(entity.name, 'e', teaching, 'c.instructor_id', taughtBy(entity, 'e')),
  ]),
};

/** What each row's scopes hang from: locked before they are computed. */
const anchors: Record<string, string> = {
  users: `perform 1 from app.users u where u.id = any (ids) order by u.id for no key update;`,
  ...ofCompanions(
    ({ name }) =>
      `perform 1 from app.users u where u.id in (select p.user_id from app.${name} p where p.id = any (ids)) order by u.id for no key update;`,
  ),
  students: `perform 1 from app.students s where s.id = any (ids) order by s.id for no key update;`,
  ...ofTaught(
    (entity) =>
      `perform 1 from app.courses t where t.id in (select c.id from app.${entity.name} e ${joinsToCourse(teachingPath(entity), 'e')} where e.id = any (ids)) order by t.id for share;`,
  ),
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

function refresh(entity: Entity): string {
  return fn(
    `sync.refresh_${entity.name}(ids uuid[], touch boolean)`,
    'void',
    { as: 'owner', settings: byIndex },
    `
begin
  if cardinality(ids) = 0 then return; end if;
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
  ...ofTaught((entity) => ['program_id', columnOf(entity.teaching!)]),
};

/** New rows' scopes, where they are known without asking other tables. */
const atFirst: Record<string, string> = {
  // Nobody is enrolled before they exist, unless one statement does both: their entry is then there already.
  students: `insert into sync.head (class, owner, tbl, row_id, op)
      select ${people}, n.program_id, ${numberOf('students')}, n.id, ${opOf('n')} from news n order by n.program_id, n.id
      on conflict do nothing;`,
};

/** Rows that stand where they stood, and changed. A function, because the rows of a statement may be many, and these ids are found by index all the same. */
const touch = fn(
  'sync.touch_head(of_table smallint, ids uuid[], ops "char"[])',
  'void',
  { as: 'owner', settings: byIndex },
  `
begin
  update sync.head h set x = pg_current_xact_id(), op = c.op
    from unnest(ids, ops) c (id, op) where h.tbl = of_table and h.row_id = c.id and h.op <> 'L';
end`,
);

const leave = fn(
  'sync.leave_head(of_table smallint, ids uuid[], owners uuid[])',
  'void',
  { as: 'owner', settings: byIndex },
  `
begin
  update sync.head h set op = 'L', x = pg_current_xact_id()
    from unnest(ids, owners) c (id, owner) where h.tbl = of_table and h.row_id = c.id and h.owner = c.owner and h.op <> 'L';
end`,
);

/** What records in the change log the rows of one statement: `news`, and `olds` where they were there before. */
export function recordHead(entity: Entity): { inserted: string; updated: string } {
  const columns = deciding[entity.name];
  if (columns) {
    const same = (row: string): string => `(${columns.map((column) => `${row}.${column}`).join(', ')})`;
    return {
      inserted:
        atFirst[entity.name] ?? `perform sync.refresh_${entity.name}(array_agg(n.id order by n.id), true) from news n;`,
      updated: `select array_agg(n.id order by n.id) filter (where ${same('o')} is distinct from ${same('n')}),
        array_agg(n.id order by n.id) filter (where ${same('o')} is not distinct from ${same('n')}),
        array_agg(${opOf('n')} order by n.id) filter (where ${same('o')} is not distinct from ${same('n')})
      into moved, stayed, ops from news n join olds o on o.id = n.id;
    if moved is not null then perform sync.refresh_${entity.name}(moved, true); end if;
    if stayed is not null then perform sync.touch_head(${entity.number}::smallint, stayed, ops); end if;`,
    };
  }
  const { cls, owner } = plainScope(entity, 'n');
  const before = plainScope(entity, 'o').owner;
  const leaves =
    before === owner
      ? ''
      : `perform sync.leave_head(${entity.number}::smallint, array_agg(n.id order by n.id), array_agg(${before} order by n.id))
      from news n join olds o on o.id = n.id where ${before} <> ${owner} having count(*) > 0;
    `;
  const put = `insert into sync.head (class, owner, tbl, row_id, op)
      select ${cls}, ${owner}, ${entity.number}, n.id, ${opOf('n')} from news n order by 2, 4
      on conflict (class, owner, tbl, row_id) do update set x = excluded.x, op = excluded.op;`;
  return { inserted: put, updated: `${leaves}${put}` };
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

/** All rows of an entity that hang from some rows on their way to a course, brought up to date. */
const refreshHanging = (entity: Entity, column: string, parents: string): string => `
  perform sync.refresh_${entity.name}(coalesce((select array_agg(e.id) from app.${entity.name} e ${joinsToCourse(teachingPath(entity), 'e')} where ${column} in (${parents})), '{}'), false);`;

/** What hangs from some courses, and their students. Most people teach none. */
const refreshTeaching = fn(
  'sync.refresh_teaching(courses uuid[])',
  'void',
  { as: 'owner', settings: byIndex },
  `
begin
  if cardinality(courses) = 0 then return; end if;
  perform 1 from app.courses c where c.id = any (courses) order by c.id for no key update;${taughtEntities
    .map((entity) => refreshHanging(entity, 'c.id', 'select unnest(courses)'))
    .join('')}
  perform sync.refresh_students(coalesce((select array_agg(distinct e.student_id) from app.course_enrollments e where e.course_id = any (courses)), '{}'), false);
end`,
);

/** What a change of some columns of one table, or a new row of it, does to the scopes of rows of others. */
interface Spread {
  table: string;
  /** `deleted_at` is always among them. */
  columns: readonly string[];
  body: string;
}

/** Somebody becomes part of a program, or is no longer. The account is held while it is looked at whether that is news. */
const belongingSpread = ({ entity, column }: (typeof belongings)[number]): Spread => ({
  table: entity.name,
  columns: [column, 'program_id'],
  body: `
  if tg_op = 'INSERT' and new.${column} is null then null;
  elsif tg_op = 'INSERT' then
    perform 1 from app.users u where u.id = new.${column} for no key update;
    if not exists (select from sync.head h where h.tbl = ${numberOf('users')} and h.row_id = new.${column}
        and h.class = ${classNumber[entity.dataClass]} and h.owner = new.program_id and h.op <> 'L') then${refreshPeople(`new.${column}`)}
    end if;
  elsif (old.${column}, old.program_id, old.deleted_at is null) is distinct from (new.${column}, new.program_id, new.deleted_at is null) then${refreshPeople(`new.${column}`)}
    if old.${column} is distinct from new.${column} then${refreshPeople(`old.${column}`)}
    end if;
  end if;`,
});

/** A row between a taught row and its course goes to another course. */
const passingSpreads = (entity: Entity): Spread[] =>
  teachingPath(entity)
    .slice(1)
    .map(({ from, field }, at) => ({
      table: from.name,
      columns: [columnOf(field)],
      body: `
  if tg_op = 'UPDATE' and old.${columnOf(field)} is distinct from new.${columnOf(field)} then${refreshHanging(entity, `e${at + 1}.id`, 'new.id')}
  end if;`,
    }));

const spreads: readonly Spread[] = [
  ...belongings.map(belongingSpread),
  ...taughtEntities.flatMap(passingSpreads),
  {
    table: 'user_program_assignments',
    columns: ['user_id'],
    body: `
  perform sync.refresh_teaching(array(select c.id from app.courses c
    where c.instructor_id in (new.user_id, old.user_id) and c.program_id in (new.program_id, old.program_id)));`,
  },
  {
    table: 'users',
    columns: ['role'],
    body: `
  if tg_op = 'UPDATE' and old.role is distinct from new.role then${refreshCompanions('new.id')}
  end if;`,
  },
  {
    table: 'courses',
    columns: ['instructor_id'],
    body: `
  if tg_op = 'UPDATE' and old.instructor_id is distinct from new.instructor_id then
    perform sync.refresh_teaching(array[new.id]);
  end if;`,
  },
  {
    table: 'course_enrollments',
    columns: ['student_id', 'course_id'],
    body: `
  if tg_op = 'INSERT' or (old.student_id, old.course_id, old.deleted_at is null) is distinct from (new.student_id, new.course_id, new.deleted_at is null) then
    perform sync.refresh_students(array[new.student_id], false);
  end if;
  if tg_op = 'UPDATE' and old.student_id <> new.student_id then
    perform sync.refresh_students(array[old.student_id], false);
  end if;`,
  },
];

const spreadOf = (table: string, parts: readonly Spread[]): string => {
  const columns = [...new Set(['deleted_at', ...parts.flatMap((part) => part.columns)])];
  const body = parts.map((part) => part.body).join('');
  return (
    fn(`sync.spread_${table}()`, 'trigger', { as: 'owner' }, `begin${body}\n  return null;\nend`) +
    `create trigger t3_spread after insert or update of ${columns.join(', ')} on app.${table} for each row execute function sync.spread_${table}();\n`
  );
};

export const headSql = (): string =>
  [
    belonging,
    touch,
    leave,
    refreshTeaching,
    ...allEntities.flatMap((entity) => [wantedView(entity), refresh(entity)]),
  ].join('\n');
export const spreadSql = (): string =>
  [...Map.groupBy(spreads, (spread) => spread.table)].map(([table, parts]) => spreadOf(table, parts)).join('\n');
