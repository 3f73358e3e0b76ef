import { columnOf, type Entity } from '../../../shared/model';
import { slugOf } from '../../../shared/rules/validate';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';

/** Slugs of new rows that nobody has: two courses of one name are no error, and no person ever sees their slugs. */
export class FreeSlugs {
  readonly #field: string | null;
  readonly #from: string;
  #taken: Set<string> | null = null;

  constructor(
    private readonly db: Readable,
    private readonly entity: Entity,
    given: readonly string[],
  ) {
    const found = Object.entries(entity.fields).find(
      ([name, { kind, options }]) => kind === 'slug' && 'from' in options && options.from && !given.includes(name),
    );
    const isUnique =
      found &&
      entity.unique.some(
        (fields) => fields.at(-1) === found[0] && fields.every((field) => field === found[0] || field === 'programId'),
      );
    this.#field = found && isUnique ? found[0] : null;
    this.#from = found && 'from' in found[1].options ? String(found[1].options.from) : '';
  }

  fill(values: Record<string, unknown>): void {
    const name = values[this.#from];
    if (this.#field === null || typeof name !== 'string') return;
    const taken = (this.#taken ??= this.#read());
    const slug = slugOf(name);
    for (let n = 1; ; n++) {
      const free = n === 1 ? slug : `${slug}-${n}`;
      const key = `${String(values['programId'] ?? '')} ${free}`;
      if (taken.has(key)) continue;
      taken.add(key);
      values[this.#field] = free;
      return;
    }
  }

  #read(): Set<string> {
    const program = this.entity.scope === 'program' ? 'program_id' : "''";
    const rows = statement(this.db, `select ${program} || ' ' || ${columnOf(this.#field!)} from ${this.entity.name}`)
      .pluck()
      .all() as string[];
    return new Set(rows);
  }
}
