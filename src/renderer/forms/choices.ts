import { entityOf, isEntityName } from '../../shared/entities';
import type { Field } from '../../shared/model';
import { choiceText } from '../../shared/rules/cell-text';
import { request } from '../client/request';
import type { Lookups } from './lookups';

/** One thing to pick. */
export interface Item {
  value: string | boolean | null;
  text: string;
  hint?: string;
}

const has = (text: string, search: string): boolean =>
  text.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());

const narrowed = (items: Item[], search: string): Item[] =>
  items.filter(({ text, value }) => has(text, search) || has(String(value), search));

export const yesNo: Item[] = [
  { value: true, text: 'Yes' },
  { value: false, text: 'No' },
];

/** What may be picked for a field: of a fixed list, of the program's options, of the rows it may refer to. */
export async function itemsOf(field: Field, search: string, lookups: Lookups, programId: unknown): Promise<Item[]> {
  switch (field.kind) {
    case 'boolean':
      return narrowed(yesNo, search);
    case 'choice':
      return narrowed(
        field.options.values.map((value) => ({ value, text: choiceText(value, field.options) })),
        search,
      );
    case 'option': {
      const labels = Object.entries(lookups.options(programId, field.options.optionKind));
      return narrowed(
        labels.map(([value, text]) => ({ value, text })),
        search,
      );
    }
    case 'reference': {
      const { to, where } = field.options;
      if (!isEntityName(to)) return [];
      const inProgram = entityOf(to).scope === 'program' && typeof programId === 'string';
      const found = await request('rows.choices', {
        entity: to,
        search: search.trim().slice(0, 200),
        ...(inProgram ? { programId } : {}),
        ...(where
          ? { where: Object.fromEntries(Object.entries(where).map(([name, values]) => [name, [...values]])) }
          : {}),
      });
      return found.map(({ id, title, hint }) => ({ value: id, text: title, hint }));
    }
    default:
      return [];
  }
}

/** Kinds whose values are picked rather than typed. */
export const isPicked = (field: Field): boolean =>
  field.kind === 'boolean' || field.kind === 'choice' || field.kind === 'option' || field.kind === 'reference';
