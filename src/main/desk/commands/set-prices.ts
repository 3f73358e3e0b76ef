import type { CellKey, Simulation } from '../../../shared/contract/pricing';
import type { Edit, Parsed, Saved } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import { dateText } from '../../../shared/rules/date-text';
import { changedPrice, lastDayFrom, priceEdits, usualRange, type PriceEdit } from '../../../shared/rules/price-edits';
import { inForceOn, type PriceRow } from '../../../shared/rules/pricing';
import type { CommandContext, QueryContext } from '../context';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { activePrices, configurationText } from '../queries/prices';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { conflict, notFound } from './refuse';
import { opsFor } from './save-rows';

/** Prices from a day on, one cell or fifty thousand: the same plan is shown first and carried out afterwards. */

interface Wanted {
  /** The key as one text: of fifty thousand it is made once. */
  name: string;
  key: CellKey;
  price: number | null;
}

interface PlannedCell {
  name: string;
  key: CellKey;
  /** In force on the day; null where there was none. */
  before: number | null;
  after: number | null;
  /** Prices set for later that are replaced. */
  replaced: number;
}

interface Plan {
  currency: string;
  cells: PlannedCell[];
  same: number;
  /** What is written; a simulation never asks. */
  edits: () => Edit[];
}

const nameOf = (key: CellKey): string =>
  [key.facilityId, key.courseId, key.ageGroup, key.locationType, key.sessionType].join('\n');

/** The active prices of a program by cell. */
const pricesByCell = (context: QueryContext, programId: string): Map<string, PriceRow[]> =>
  Map.groupBy(activePrices(context.read, programId), nameOf);

function plan(
  context: QueryContext,
  programId: string,
  wanted: readonly Wanted[],
  prices: ReadonlyMap<string, readonly PriceRow[]>,
  { from, keepFuture }: { from: string; keepFuture: boolean },
): Plan {
  const program = readRow(context.read, 'programs', programId);
  if (!program) throw notFound('This program is not on this computer. Choose another.');
  const currency = String(program['currency']);
  const decided: { key: CellKey; changes: PriceEdit[] }[] = [];
  const edits = (): Edit[] =>
    decided.flatMap(({ key, changes }) => changes.map((change) => editOf(context, programId, currency, key, change)));
  const made: Plan = { currency, cells: [], same: 0, edits };
  for (const { name, key, price } of wanted) {
    const held = prices.get(name) ?? [];
    const until = keepFuture ? lastDayFrom(held, from) : null;
    const changes = priceEdits(held, { from, until, price });
    if (changes.length === 0) {
      made.same++;
      continue;
    }
    const before = held.find((row) => inForceOn(row, from))?.price ?? null;
    const replaced = keepFuture ? 0 : held.filter((row) => row.effectiveDate > from).length;
    made.cells.push({ name, key, before, after: price, replaced });
    decided.push({ key, changes });
  }
  return made;
}

function editOf(context: QueryContext, programId: string, currency: string, key: CellKey, change: PriceEdit): Edit {
  const entity = 'facility_course_pricing';
  if (change.op === 'delete') return { op: 'delete', entity, id: change.id };
  if (change.op === 'update') return { op: 'update', entity, id: change.id, values: change.patch };
  const { price, from: effectiveDate, until: endDate } = change;
  const values = { programId, ...key, price, currency, effectiveDate, endDate, isActive: true };
  return { op: 'insert', entity, id: newId(context.now()), values };
}

/** Writes prices cell by cell, from a day on. */
export function setPrices(context: CommandContext, input: Parsed<'pricing.set'>): Saved {
  const wanted = input.cells.map(({ price, ...key }) => ({ name: nameOf(key), key, price }));
  const { edits } = plan(context, input.programId, wanted, pricesByCell(context, input.programId), input);
  return write(context, edits(), input.label, input.via);
}

function write(context: CommandContext, edits: readonly Edit[], label: string, via: string): Saved {
  const saved = commit(context, { label: label.slice(0, 200), via, ops: opsFor(context, edits) });
  return { ...saved, ids: edits.map((edit) => edit.id) };
}

type Batch = Parsed<'pricing.simulate'>;

/** The cells a batch is about, each with the price it is to have. */
function wantedBy(batch: Batch, prices: ReadonlyMap<string, readonly PriceRow[]>): Wanted[] {
  const { cells, facilities, courses, change, from, to } = batch;
  const listed = cells ? new Set(cells.map(nameOf)) : null;
  const wanted = new Map<string, Wanted>();
  for (const [name, held] of prices) {
    if (listed && !listed.has(name)) continue;
    const [first] = held;
    if (!first || (facilities && !facilities.includes(first.facilityId))) continue;
    if (courses && !courses.includes(first.courseId)) continue;
    const now = held.find((row) => inForceOn(row, from));
    if (!now) continue;
    const key = keyOf(first);
    if (to?.facilityId !== undefined) key.facilityId = to.facilityId;
    if (to?.courseId !== undefined) key.courseId = to.courseId;
    const target = to ? nameOf(key) : name;
    // Several sources for one target: the first facility or course stands for all.
    if (!wanted.has(target)) wanted.set(target, { name: target, key, price: changedPrice(now.price, change) });
  }
  if (change.set !== undefined && cells && !to) {
    const price = changedPrice(0, change);
    for (const key of cells) {
      const name = nameOf(key);
      if (!wanted.has(name)) wanted.set(name, { name, key, price });
    }
  }
  return [...wanted.values()];
}

const keyOf = ({ facilityId, courseId, ageGroup, locationType, sessionType }: PriceRow): CellKey => ({
  facilityId,
  courseId,
  ageGroup,
  locationType,
  sessionType,
});

function planBatch(context: QueryContext, batch: Batch): Plan & { prices: Map<string, PriceRow[]> } {
  if (batch.to && (batch.to.facilityId === undefined) === (batch.to.courseId === undefined))
    throw conflict('Choose either a facility or a course to copy the prices to.');
  const prices = pricesByCell(context, batch.programId);
  return { ...plan(context, batch.programId, wantedBy(batch, prices), prices, batch), prices };
}

const shown = 12;

/** What a batch would do; nothing is written. */
export function simulatePrices(context: QueryContext, batch: Batch): Simulation {
  const { cells, same, currency, prices } = planBatch(context, batch);
  const learners = learnersByCell(context, batch.programId);
  const monthly = new Map<string, number>();
  let touched = 0;
  for (const { name, key, before, after } of cells) {
    const count = learners.get(name) ?? 0;
    touched += count;
    const difference = ((after ?? 0) - (before ?? 0)) * count;
    monthly.set(key.facilityId, (monthly.get(key.facilityId) ?? 0) + difference);
  }
  const usual = usualRange(
    [...prices.values()].flatMap((held) => held.find((row) => inForceOn(row, batch.from))?.price ?? []),
  );
  const unusual = cells.flatMap(({ key, after }) =>
    after !== null && usual && (after < usual.low || after > usual.high) ? [{ ...key, price: after }] : [],
  );
  return {
    currency,
    changed: cells.length,
    same,
    unusual,
    futureReplaced: cells.reduce((sum, cell) => sum + cell.replaced, 0),
    learners: touched,
    monthly: [...monthly]
      .map(([facilityId, difference]) => ({
        ...{ facilityId, facility: titleOf(context.read, 'facilities', facilityId), difference },
      }))
      .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
    sample: cells.slice(0, shown).map(({ key, before, after }) => ({
      ...{ ...key, before, after: after ?? 0 },
      label: `${titleOf(context.read, 'courses', key.courseId)}, ${configurationText(context.read, batch.programId, key)}`,
    })),
  };
}

function learnersByCell(context: QueryContext, programId: string): Map<string, number> {
  const rows = statement(
    context.read,
    `select facility_id as facilityId, course_id as courseId, age_group as ageGroup, location_type as locationType,
       session_type as sessionType, count(*) as count
     from course_enrollments where program_id = ? and status in ('active', 'paused') group by 1, 2, 3, 4, 5`,
  ).all(programId) as (CellKey & { count: number })[];
  return new Map(rows.map((row) => [nameOf(row), row.count]));
}

/** Carries a batch out: one mutation, one step of undo. */
export function applyPrices(context: CommandContext, batch: Batch): Saved {
  const planned = planBatch(context, batch);
  const { cells } = planned;
  const edits = planned.edits();
  if (edits.length === 0) throw conflict('No price would change. Choose other cells, another amount or another day.');
  const count = cells.length === 1 ? 'one price' : `${cells.length.toLocaleString('en')} prices`;
  const what = batch.to ? `Copy ${count}` : `Change ${count}`;
  return write(context, edits, `${what} from ${dateText(batch.from, 'en')}`, 'prices');
}
