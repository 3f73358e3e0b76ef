import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RowPage, View } from '../../shared/contract/requests';
import type { AnyRow, Entity, Field } from '../../shared/model';
import type { CellContext } from '../../shared/rules/cell-text';
import { request } from '../client/request';

/** What the text of a value may depend on beside its own row: the reader's language, and the programs with their options. */
export interface Lookups {
  locale: string;
  programs: readonly ProgramFacts[];
  program(id: unknown): ProgramFacts | undefined;
  /** Labels by code, of one program or, without it, of all. */
  options(programId: unknown, optionKind: string): Readonly<Record<string, string>>;
}

export interface ProgramFacts {
  id: string;
  name: string;
  code: string;
  currency: string;
  timeZone: string;
}

export const objectsOf = (page: RowPage): AnyRow[] =>
  page.rows.map((row) => Object.fromEntries(page.fields.map((field, at) => [field, row[at]])) as AnyRow);

const pageSize = 1000;

/** Every row of a small view. For reference data only: programs and their options. */
async function allRows(view: Partial<View> & Pick<View, 'entity'>): Promise<AnyRow[]> {
  const rows: AnyRow[] = [];
  for (;;) {
    const page = await request('rows.page', { view, from: rows.length, count: pageSize });
    rows.push(...objectsOf(page));
    if (page.rows.length < pageSize || rows.length >= 50_000) return rows;
  }
}

function useAllRows(entity: 'programs' | 'program_options'): AnyRow[] {
  // The key has the shape of `rows.page`, so that the rows are asked again when one of them changes.
  const { data } = useQuery({
    queryKey: ['rows.page', { view: { entity } }, 'all'],
    queryFn: () => allRows({ entity }),
  });
  return data ?? none;
}
const none: AnyRow[] = [];

type Labels = Record<string, string>;

export function useLookups(): Lookups {
  const programs = useAllRows('programs');
  const options = useAllRows('program_options');
  return useMemo(() => lookupsOf(programs, options, navigator.language || 'en'), [programs, options]);
}

export function lookupsOf(programs: AnyRow[], options: AnyRow[], locale: string): Lookups {
  const byId = new Map(programs.map((row) => [row.id, row as AnyRow & ProgramFacts]));
  const labels = new Map<string, Labels>();
  const add = (key: string, code: string, label: string) => {
    const known: Labels = labels.get(key) ?? {};
    known[code] ??= label;
    labels.set(key, known);
  };
  for (const row of options) {
    const [code, label] = [String(row['code']), String(row['label'])];
    add(`${String(row['programId'])}:${String(row['optionKind'])}`, code, label);
    add(`*:${String(row['optionKind'])}`, code, label);
  }
  const nothing: Labels = {};
  return {
    locale,
    programs: [...byId.values()],
    program: (id) => (typeof id === 'string' ? byId.get(id) : undefined),
    options: (programId, kind) => labels.get(`${typeof programId === 'string' ? programId : '*'}:${kind}`) ?? nothing,
  };
}

/** What `cellText` and `parseCell` need to know for one field of one row. */
export function contextOf(
  lookups: Lookups,
  entity: Entity,
  field: Field,
  row: Record<string, unknown>,
  titles?: Readonly<Record<string, string>>,
): CellContext {
  const { locale } = lookups;
  const programId = entity.scope === 'self' ? row['id'] : row['programId'];
  switch (field.kind) {
    case 'money': {
      const named = row[field.options.currency];
      const currency = typeof named === 'string' ? named : lookups.program(programId)?.currency;
      return currency ? { locale, currency } : { locale };
    }
    case 'option':
      return { locale, options: lookups.options(programId, field.options.optionKind) };
    case 'reference':
      return titles ? { locale, titles } : { locale };
    case 'timestamp':
    case 'timeRange': {
      const timeZone = lookups.program(programId)?.timeZone;
      return timeZone ? { locale, timeZone } : { locale };
    }
    default:
      return { locale };
  }
}
