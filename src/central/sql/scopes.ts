/** The numbers of scope classes and entities in the change log, and conditions over them. Numbers are for ever. */
import { platformOwner, type ScopeClass } from '../../shared/contract/wire';
import { allEntities, entityOf, type EntityName } from '../../shared/entities';
import { columnOf, type DataClass, type Entity } from '../../shared/model';
import { classRank } from '../../shared/rules/permit';
import { teachingPath, type TeachingStep } from '../../shared/rules/teaching';
import { fn, quoted } from './text';

export const classNumber: Record<ScopeClass, number> = {
  platform: 0,
  admin: 1,
  catalogue: 2,
  people: 3,
  confidential: 4,
  finance: 5,
  own: 6,
  teaching: 7,
};
const classNames = Object.keys(classNumber) as ScopeClass[];
export const numberOf = (name: EntityName): number => entityOf(name).number;
export const dataClasses = Object.keys(classRank) as DataClass[];
/** Entities whose rows hang from a course. */
export const taughtEntities = allEntities.filter((entity) => entity.teaching !== undefined);
export const zero = `${quoted(platformOwner)}::uuid`;

/** Along the steps of a way to a course: joins from `row` that end in the alias `c`. */
export const joinsToCourse = (steps: readonly TeachingStep[], row: string): string =>
  steps
    .map(({ field, to }, at) => {
      const here = at === 0 ? row : `${row}${at}`;
      const next = to.name === 'courses' ? 'c' : `${row}${at + 1}`;
      return `join app.${to.name} ${next} on ${next}.id = ${here}.${columnOf(field)}`;
    })
    .join(' ');

/** Does the session's person teach the course the row hangs from? */
export const teachesHere = (entity: Entity, row?: string): string => {
  const [first] = teachingPath(entity);
  if (!first) throw new Error(`${entity.name}: a right of tutors needs “teaching” in the declaration`);
  return `sync.teaches_${entity.name}(${row ? `${row}.` : ''}${columnOf(first.field)})`;
};

/** Asked of the row that the first step leads to, so that a row can be judged before it is there. */
const teaches = taughtEntities.map((entity) => {
  const [first, ...rest] = teachingPath(entity);
  const from = rest.length === 0 ? 'app.courses c' : `app.${first!.to.name} p ${joinsToCourse(rest, 'p')}`;
  return fn(
    `sync.teaches_${entity.name}(parent uuid)`,
    'boolean',
    { as: 'owner', language: 'sql', kind: 'stable' },
    `select exists (select from ${from} where ${rest.length === 0 ? 'c' : 'p'}.id = parent
      and c.instructor_id = sync.me() and c.program_id = any (sync.my_programs(1)))`,
  );
});

/**
 * Is a row of `sync.head` in a scope the session holds?
 * Security: whose programs, whose own and which classes are three separate questions; one list of owners would let a user whose id equals a
 * program's id pass for it.
 */
export const holds = (head: string): string => `
  case
    when ${head}.class between ${classNumber.catalogue} and ${classNumber.finance}
      then ${head}.class = any ((select sync.my_classes())::smallint[]) and ${head}.owner = any ((select sync.my_programs(1))::uuid[])
    when ${head}.class in (${classNumber.own}, ${classNumber.teaching})
      then ${head}.class = any ((select sync.my_classes())::smallint[]) and ${head}.owner = (select sync.me())
    else ${head}.class = any ((select sync.my_classes())::smallint[])
  end`;

/**
 * May the session see the row because the change log has it in one of its scopes? Also rows deleted there, so that they can be restored.
 * A function, although it costs more per row than a subquery: written out in a policy, its dozens of subplans cost every statement on the table.
 */
export const inMyHead = (entity: Entity, row: string): string =>
  `sync.in_my_head(${entity.number}::smallint, ${row}.id)`;

const inHead = fn(
  'sync.in_my_head(of_table smallint, of_row uuid)',
  'boolean',
  { as: 'owner', kind: 'stable' },
  `
begin
  return exists (select from sync.head h where h.tbl = of_table and h.row_id = of_row and h.op <> 'L' and ${holds('h')});
end`,
);

export const scopesSql = (): string =>
  [
    inHead,
    ...teaches,
    fn(
      'sync.class_name(class smallint)',
      'text',
      { language: 'sql', kind: 'immutable' },
      `select (array[${classNames.map(quoted).join(', ')}])[class + 1]`,
    ),
    fn(
      'sync.class_number(name text)',
      'smallint',
      { language: 'sql', kind: 'immutable' },
      `select (array_position(array[${classNames.map(quoted).join(', ')}], name) - 1)::smallint`,
    ),
    fn(
      'sync.entity_name(tbl smallint)',
      'text',
      { language: 'sql', kind: 'immutable' },
      `select case tbl ${allEntities.map((e) => `when ${e.number} then ${quoted(e.name)}`).join(' ')} end`,
    ),
    fn(
      'sync.entity_number(name text)',
      'smallint',
      { language: 'sql', kind: 'immutable' },
      `select case name ${allEntities.map((e) => `when ${quoted(e.name)} then ${e.number}`).join(' ')} end::smallint`,
    ),
  ].join('\n');
