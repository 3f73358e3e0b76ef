import type { FieldSource } from '../../../shared/contract/exchange';
import type { Parsed } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import type { Entity, Field } from '../../../shared/model';
import type { CellContext } from '../../../shared/rules/cell-text';
import { steps } from '../../../shared/rules/import-steps';
import { cellWords, type SourceCell } from '../../../shared/rules/source-cell';
import { keysOf } from '../../../shared/rules/natural-keys';
import type { CellContexts } from '../queries/cell-contexts';
import { unreadable } from './refusals';
import { isHidden, roundTripOf, type RoundTripColumns } from './round-trip';

export type ImportAsked = Parsed<'import.check'>;

/** A field and where in a line its cell is found. */
export interface Reader {
  name: string;
  field: Field;
  /** What the column is called in the file, for people. */
  column: string;
  cell(line: readonly SourceCell[]): SourceCell;
}

/** What an import is about to do, worked out once for all lines. */
export interface Plan {
  asked: ImportAsked;
  entity: Entity;
  readers: Reader[];
  trip: RoundTripColumns | null;
  /** Field lists that may tell which row is meant, in the order in which they are tried. */
  keys: string[][];
}

/** @throws Refusal where the mapping does not fit the file */
export function planOf(asked: ImportAsked, columns: readonly string[]): Plan {
  const entity = entityOf(asked.entity);
  const trip = roundTripOf(columns);
  if (trip && trip.entity !== entity.name) {
    throw unreadable(`This file was exported from another grid. Open that one and import it there.`);
  }
  const at = new Map(columns.map((name, i) => [name, i]));
  const readers = Object.entries(asked.mapping.fields).flatMap(([name, source]): Reader[] => {
    const field = entity.fields[name];
    if (!field || field.kind === 'sensitive') return [];
    return [{ name, field, column: source.from.join(' + ') || field.options.label, cell: cellReader(source, at) }];
  });
  if (readers.length === 0)
    throw unreadable('No column is matched to a field yet. Match at least one and check again.');
  const keys = [asked.mapping.match, ...keysOf(entity)].filter((key) => key.length > 0);
  return { asked, entity, readers, trip, keys };
}

function cellReader(source: FieldSource, at: ReadonlyMap<string, number>): Reader['cell'] {
  const places = source.from.map((name) => {
    const place = at.get(name);
    if (place === undefined) throw unreadable(`The file has no column “${name}”. Choose another one for it.`);
    return place;
  });
  const [only] = places;
  const otherwise = source.otherwise === '' ? null : source.otherwise;
  if (places.length === 1 && source.steps.length === 0) {
    return (line) => {
      const cell = line[only!] ?? null;
      return otherwise !== null && cellWords(cell).trim() === '' ? otherwise : cell;
    };
  }
  return (line) => {
    const parts = places.map((place) => cellWords(line[place])).filter((part) => part.trim() !== '');
    let text = source.all && parts.length < places.length ? '' : parts.join(source.join);
    for (const step of source.steps) text = steps[step](text);
    return text.trim() === '' ? otherwise : text;
  };
}

const dateKinds = ['date', 'timestamp', 'timeRange'];
const numberKinds = ['integer', 'money', 'percent', 'order'];

/** The context a cell is read in, with the habits of writing that somebody chose for this file. */
export function readingContext(
  { asked }: Plan,
  contexts: CellContexts,
  entity: Entity,
  field: Field,
  row: Record<string, unknown>,
): CellContext {
  const context = contexts.of(entity, field, row);
  const { dates, numbers } = asked.mapping;
  if (dates !== 'as-here' && dateKinds.includes(field.kind))
    return { ...context, locale: dates === 'day-first' ? 'en-GB' : 'en-US' };
  if (numbers !== 'as-here' && numberKinds.includes(field.kind))
    return { ...context, locale: numbers === 'point' ? 'en' : 'de' };
  return context;
}

export const visibleColumns = (columns: readonly string[]): string[] => columns.filter((name) => !isHidden(name));
