import { allEntities, entityOf, type EntityName } from '../../../shared/entities';
import type { Removal } from '../../../shared/contract/requests';
import { columnOf, type FieldOf } from '../../../shared/model';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { titlesOf } from './titles';

/** Rows that go when others go: parts first, whole last. */
export type Contents = Map<EntityName, Set<string>>;

interface Link {
  child: EntityName;
  field: string;
  options: FieldOf<'reference'>['options'];
}

/** The references that point at an entity. Those the system keeps (assigned by …) do not hold anything back. */
const linksTo = (name: EntityName): Link[] =>
  allEntities.flatMap((child) =>
    Object.entries(child.fields).flatMap(([field, declared]) =>
      declared.kind === 'reference' &&
      declared.options.to === name &&
      (declared.options.contained || !declared.options.readOnly)
        ? [{ child: child.name as EntityName, field, options: declared.options }]
        : [],
    ),
  );

/** What these rows contain, they themselves included. */
export function contentsOf(
  db: Readable,
  name: EntityName,
  ids: readonly string[],
  found: Contents = new Map(),
): Contents {
  const fresh = ids.filter((id) => !found.get(name)?.has(id));
  if (fresh.length === 0) return found;
  for (const { child, field, options } of linksTo(name)) {
    if (!options.contained) continue;
    const parts = statement(db, `select id from ${child} where ${columnOf(field)} in (select value from json_each(?))`)
      .pluck()
      .all(JSON.stringify(fresh)) as string[];
    contentsOf(db, child, parts, found);
  }
  const all = found.get(name) ?? new Set();
  fresh.forEach((id) => all.add(id));
  found.set(name, all);
  return found;
}

const listed = 50;

/** What stands against deleting all this: rows that stay and depend on it. */
export function blockersOf(db: Readable, contents: Contents): Removal['blockers'] {
  const blockers: Removal['blockers'] = [];
  for (const [name, ids] of contents) {
    for (const link of linksTo(name)) {
      if (link.options.contained) continue;
      for (const id of dependents(db, link, ids)) {
        if (contents.get(link.child)?.has(id)) continue;
        blockers.push({ entity: link.child, id, title: '', why: whyText(link) });
        if (blockers.length >= listed) return titled(db, blockers);
      }
    }
  }
  return titled(db, blockers);
}

function dependents(db: Readable, { child, field, options }: Link, ids: ReadonlySet<string>): string[] {
  const during = Object.entries(options.refuseWhile ?? {});
  const where = during.map(([key]) => ` and ${columnOf(key)} in (select value from json_each(?))`).join('');
  const values = during.map(([, allowed]) => JSON.stringify(allowed));
  return statement(
    db,
    `select id from ${child} where ${columnOf(field)} in (select value from json_each(?))${where} limit 1000`,
  )
    .pluck()
    .all(JSON.stringify([...ids]), ...values) as string[];
}

const eitherOf = new Intl.ListFormat('en-GB', { type: 'disjunction' });

function whyText({ child, field, options }: Link): string {
  const entity = entityOf(child);
  const role = entity.fields[field]!.options.label.toLowerCase();
  const states = Object.values(options.refuseWhile ?? {}).flat();
  const state = states.length > 0 ? `${eitherOf.format(states)} ` : '';
  return `${entity.labels.one} is ${state}and has it as its ${role}.`.replace('is and has', 'has');
}

function titled(db: Readable, blockers: Removal['blockers']): Removal['blockers'] {
  for (const name of new Set(blockers.map((blocker) => blocker.entity))) {
    const mine = blockers.filter((blocker) => blocker.entity === name);
    const titles = titlesOf(
      db,
      name,
      mine.map((blocker) => blocker.id),
    );
    for (const blocker of mine) blocker.title = titles.get(blocker.id) ?? '';
  }
  return blockers;
}

/** What deleting would take with it, and what stands against it. */
export const removal: Query<'rows.removal'> = ({ read }, { entity, ids }) => {
  const contents = contentsOf(read, entity, ids);
  const asked = new Set(ids);
  return {
    contents: [...contents].flatMap(([name, all]) => {
      const count = name === entity ? [...all].filter((id) => !asked.has(id)).length : all.size;
      return count > 0 ? [{ entity: name, count }] : [];
    }),
    blockers: blockersOf(read, contents),
  };
};
