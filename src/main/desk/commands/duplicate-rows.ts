import type { Edit, Parsed, Saved } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import { newId, type AnyRow, type Entity } from '../../../shared/model';
import { slugOf } from '../../../shared/rules/validate';
import type { CommandContext } from '../context';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { columnOf } from '../../../shared/model';
import { commit } from './commit';
import { rowsText } from './inverse';
import { conflict, notFound } from './refuse';
import { opsFor } from './save-rows';

/** Copies rows, without what they contain. What must be unique gets a name of its own. */
export function duplicateRows(context: CommandContext, { entity: name, ids }: Parsed<'rows.duplicate'>): Saved {
  const entity = entityOf(name);
  const used = new Set<string>();
  const edits = ids.map((id): Edit => {
    const row = readRow(context.db, name, id);
    if (!row) throw notFound(`This ${entity.labels.one.toLowerCase()} is no longer there.`);
    return { op: 'insert', entity: name, id: newId(context.now()), values: copyOf(context, entity, row, used) };
  });
  const saved = commit(context, {
    label: `Duplicate ${rowsText(name, ids.length)}`,
    via: 'duplicate',
    ops: opsFor(context, edits),
  });
  return { ...saved, ids: edits.map((edit) => edit.id) };
}

function copyOf(context: CommandContext, entity: Entity, row: AnyRow, used: Set<string>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(entity.fields)) {
    if (field.kind !== 'generated' && field.kind !== 'order' && !field.options.readOnly) values[name] = row[name];
  }
  for (const fields of entity.unique) {
    const name = fields.findLast((field) => ['text', 'slug', 'email'].includes(entity.fields[field]!.kind));
    if (!name) {
      throw conflict(`${entity.labels.many} cannot be duplicated: each of them can exist only once.`);
    }
    values[name] = freeValue(context, entity, name, String(row[name] ?? ''), used);
  }
  return values;
}

/** The first of `name copy`, `name copy 2` … that nobody has. */
function freeValue(context: CommandContext, entity: Entity, field: string, value: string, used: Set<string>): string {
  const { kind, options } = entity.fields[field]!;
  const max = 'max' in options && typeof options.max === 'number' ? options.max : 255;
  for (let n = 1; ; n++) {
    const mark = n === 1 ? 'copy' : `copy ${n}`;
    const tail = kind === 'text' ? ` ${mark}` : `-${slugOf(mark)}`;
    const made =
      kind === 'email' ? value.replace(/^[^@]*/, (local) => local + tail) : value.slice(0, max - tail.length) + tail;
    const isTaken =
      used.has(`${field} ${made}`) ||
      statement(context.db, `select 1 from ${entity.name} where ${columnOf(field)} = ? limit 1`).get(made) !==
        undefined;
    if (isTaken) continue;
    used.add(`${field} ${made}`);
    return made;
  }
}
