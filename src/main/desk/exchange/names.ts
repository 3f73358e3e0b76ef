import { entityOf, type EntityName } from '../../../shared/entities';
import { columnOf, type Entity } from '../../../shared/model';
import { namingFields } from '../../../shared/rules/natural-keys';
import { fold } from '../local/fold';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { titleSql } from '../queries/field-sql';
import type { Work } from './jobs';

/**
 * Which rows the names in a file mean. All names are gathered first and each table they point into is read once: neither the length of the file nor
 * that of the table decides how much is remembered, only how many different names there are.
 */

export interface Candidate {
  id: string;
  title: string;
  hint: string;
  /** A code, a number or an address says more than a title does. */
  isKey: boolean;
}

/** Which program a name is looked for in; everywhere where that is not known. */
export type Within = string | null;

const keyOf = (within: Within, text: string): string => `${within ?? '*'} ${folded(text)}`;
export const folded = (text: string): string => fold(text).replace(/\s+/g, ' ').trim();

export class Names {
  readonly #wanted = new Map<EntityName, Map<string, Candidate[]>>();

  want(to: EntityName, within: Within, text: string): void {
    const wanted = this.#wanted.get(to) ?? new Map<string, Candidate[]>();
    this.#wanted.set(to, wanted);
    const key = keyOf(placeOf(to, within), text);
    if (!wanted.has(key)) wanted.set(key, []);
  }

  /** Those that a name could mean: a code before a title. */
  find(to: EntityName, within: Within, text: string): Candidate[] {
    const all = this.#wanted.get(to)?.get(keyOf(placeOf(to, within), text)) ?? [];
    const keyed = all.filter((one) => one.isKey);
    return keyed.length > 0 ? keyed : all;
  }

  add(to: EntityName, within: Within, text: string, candidate: Candidate): void {
    this.want(to, within, text);
    this.#wanted
      .get(to)!
      .get(keyOf(placeOf(to, within), text))!
      .push(candidate);
  }

  async resolve(db: Readable, work: Work): Promise<void> {
    for (const [to, wanted] of this.#wanted) await scan(db, to, wanted, work);
  }
}

const placeOf = (to: EntityName, within: Within): Within => (entityOf(to).scope === 'program' ? within : null);

const batch = 2_000;

async function scan(db: Readable, to: EntityName, wanted: Map<string, Candidate[]>, work: Work): Promise<void> {
  const entity = entityOf(to);
  const keys = namingFields(entity);
  const program = entity.scope === 'program' ? 't.program_id' : 'null';
  const columns = keys.map((name, i) => `, t.${columnOf(name)} as k${i}`).join('');
  const rows = statement(
    db,
    `select t.rid, t.id, ${program} as program, ${titleSql(to, 't')} as title${columns} from ${to} t where t.rid > ? order by t.rid limit ${batch}`,
  );
  for (let last = -1; ;) {
    const page = rows.all(last) as ({ rid: number; id: string; program: string | null; title: string } & Record<
      string,
      string | null
    >)[];
    for (const row of page) {
      const codes = keys.flatMap((_, i) => row[`k${i}`] ?? []);
      const hint = codes.find((code) => code !== row.title) ?? '';
      for (const text of codes) enter(wanted, row, text, { id: row.id, title: row.title, hint, isKey: true });
      for (const text of titlesOf(entity, row.title))
        enter(wanted, row, text, { id: row.id, title: row.title, hint, isKey: false });
      enter(wanted, row, row.id, { id: row.id, title: row.title, hint, isKey: true });
    }
    if (page.length < batch) return;
    last = page.at(-1)!.rid;
    await work.breathe();
  }
}

function enter(
  wanted: Map<string, Candidate[]>,
  row: { program: string | null },
  text: string,
  candidate: Candidate,
): void {
  for (const within of row.program === null ? [null] : [row.program, null]) {
    const found = wanted.get(keyOf(within, text));
    if (found && !found.some((one) => one.id === candidate.id && one.isKey === candidate.isKey)) found.push(candidate);
  }
}

/** People are also written family name first. */
function titlesOf(entity: Entity, title: string): string[] {
  if (!entity.title.includes('lastName') && entity.name !== 'users') return [title];
  const words = title.split(' ');
  const family = words.at(-1) ?? '';
  const given = words.slice(0, -1).join(' ');
  return given === '' ? [title] : [title, `${family}, ${given}`, `${family} ${given}`];
}
