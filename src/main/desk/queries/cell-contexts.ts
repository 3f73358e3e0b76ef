import type { Entity, Field } from '../../../shared/model';
import type { CellContext } from '../../../shared/rules/cell-text';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';

interface Program {
  currency: string;
  timeZone: string;
}

/** What the text of a cell depends on beside its row, read once for many cells: programs and what they call their options. */
export class CellContexts {
  readonly #programs = new Map<string, Program>();
  readonly #options = new Map<string, Record<string, string>>();

  constructor(
    db: Readable,
    readonly locale: string,
  ) {
    const programs = statement(db, 'select id, currency, time_zone as timeZone from programs').all();
    for (const { id, ...facts } of programs as (Program & { id: string })[]) this.#programs.set(id, facts);
    const options = statement(
      db,
      'select program_id as p, option_kind as k, code, label from program_options order by sequence',
    ).all();
    for (const { p, k, code, label } of options as Record<'p' | 'k' | 'code' | 'label', string>[]) {
      for (const key of [`${p}:${k}`, `*:${k}`]) (this.#options.get(key) ?? this.#add(key))[code] ??= label;
    }
  }

  #add(key: string): Record<string, string> {
    const made: Record<string, string> = {};
    this.#options.set(key, made);
    return made;
  }

  options(programId: unknown, kind: string): Record<string, string> {
    return this.#options.get(`${typeof programId === 'string' ? programId : '*'}:${kind}`) ?? {};
  }

  currency(entity: Entity, field: Field, row: Record<string, unknown>): string | undefined {
    if (field.kind !== 'money') return undefined;
    const named = row[field.options.currency];
    return typeof named === 'string' ? named : this.#program(entity, row)?.currency;
  }

  #program(entity: Entity, row: Record<string, unknown>): Program | undefined {
    const id = entity.scope === 'self' ? row['id'] : row['programId'];
    return typeof id === 'string' ? this.#programs.get(id) : undefined;
  }

  of(
    entity: Entity,
    field: Field,
    row: Record<string, unknown>,
    titles?: Readonly<Record<string, string>>,
  ): CellContext {
    const { locale } = this;
    switch (field.kind) {
      case 'money': {
        const currency = this.currency(entity, field, row);
        return currency ? { locale, currency } : { locale };
      }
      case 'option':
        return { locale, options: this.options(row['programId'], field.options.optionKind) };
      case 'reference':
        return titles ? { locale, titles } : { locale };
      case 'timestamp':
      case 'timeRange': {
        const timeZone = this.#program(entity, row)?.timeZone;
        return timeZone ? { locale, timeZone } : { locale };
      }
      default:
        return { locale };
    }
  }
}
