import { entityOf, type EntityName } from '../../../shared/entities';
import { columnOf, type Entity } from '../../../shared/model';
import { canonicalJson } from '../../../shared/rules/canonical-json';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { decode } from '../local/storage';
import type { Work } from './jobs';
import { folded } from './names';

/** Which rows there are already, by what tells them apart: the keys of the file are gathered, then the table is read once for each kind of key. */
export class Matches {
  readonly #wanted = new Map<string, { fields: string[]; ids: Map<string, string[]> }>();

  constructor(private readonly name: EntityName) {}

  /** @returns the key of a line, or null where it has none of the fields that could tell */
  want(keys: readonly (readonly string[])[], values: Record<string, unknown>): string | null {
    const key = keyIn(entityOf(this.name), keys, values);
    if (!key) return null;
    const list = this.#wanted.get(key.fields.join()) ?? { fields: [...key.fields], ids: new Map<string, string[]>() };
    this.#wanted.set(key.fields.join(), list);
    if (!list.ids.has(key.text)) list.ids.set(key.text, []);
    return `${key.fields.join()} ${key.text}`;
  }

  ids(key: string): string[] {
    const space = key.indexOf(' ');
    return this.#wanted.get(key.slice(0, space))?.ids.get(key.slice(space + 1)) ?? [];
  }

  async resolve(db: Readable, work: Work): Promise<void> {
    for (const { fields, ids } of this.#wanted.values()) await scan(db, this.name, fields, ids, work);
  }
}

const isFilled = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

function keyIn(
  entity: Entity,
  keys: readonly (readonly string[])[],
  values: Record<string, unknown>,
): { fields: readonly string[]; text: string } | null {
  const fields = keys.find((key) => key.every((field) => isFilled(values[field])));
  if (!fields) return null;
  const within = entity.scope === 'program' && typeof values['programId'] === 'string' ? values['programId'] : '';
  return { fields, text: `${within}\u0001${keyText(fields.map((field) => values[field]))}` };
}

/** People do not mind capitals and accents when they say who they mean. */
const keyText = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? folded(value) : canonicalJson(value ?? null))).join('\u0001');

const batch = 4_000;

async function scan(
  db: Readable,
  name: EntityName,
  fields: readonly string[],
  ids: Map<string, string[]>,
  work: Work,
): Promise<void> {
  const entity = entityOf(name);
  const program = entity.scope === 'program' ? 'program_id' : 'null';
  const columns = fields.map((field) => `, ${columnOf(field)}`).join('');
  const rows = statement(
    db,
    `select rid, id, ${program}${columns} from ${name} where rid > ? order by rid limit ${batch}`,
  ).raw();
  const declared = fields.map((field) => entity.fields[field] ?? null);
  for (let last = -1; ;) {
    const page = rows.all(last) as [rid: number, id: string, program: string | null, ...keys: unknown[]][];
    for (const [, id, own, ...keys] of page) {
      const key = keyText(keys.map((value, i) => decode(declared[i]!, value)));
      for (const within of own === null ? [''] : [own, '']) ids.get(`${within}\u0001${key}`)?.push(id);
    }
    if (page.length < batch) return;
    last = page.at(-1)![0];
    await work.breathe();
  }
}
