import type { EntityName } from '../../../shared/entities';
import { whyNot } from '../../../shared/rules/permit';
import { request } from '../../client/request';
import type { Sheet } from '../sheet';
import { editsOf, planRows, unchecked, withCell, withIssues, type PlannedRow, type WantedRow } from './plan';
import { resolveNames } from './resolve';

/** Works out what an act would do: reads the texts, looks names up, and has the desk check the rest. Nothing is written. */
export async function prepare(sheet: Sheet, wanted: readonly WantedRow[]): Promise<PlannedRow[]> {
  const given = sheet.given();
  const named = await resolveNames(wanted, sheet.context, given);
  return checked(sheet, planRows(wanted, { context: sheet.context, given, named }));
}

/** The plan with everything the desk has against it. */
export async function checked(sheet: Sheet, plan: readonly PlannedRow[]): Promise<PlannedRow[]> {
  const { user, readOnly, entity } = sheet.context;
  const given = sheet.given();
  const refusal = readOnly ?? (user ? whyNot(user, entity, 'create') : 'Sign in to add rows.');
  const allowed = unchecked(plan).map((row) =>
    row.data === null && refusal !== null ? { ...row, why: refusal } : row,
  );
  const { edits, rows } = editsOf(allowed, entity.name as EntityName, given);
  if (edits.length === 0) return allowed;
  return withIssues(allowed, rows, await request('rows.check', { edits }));
}

/** The plan with another text in one of its cells. */
export async function corrected(
  sheet: Sheet,
  plan: readonly PlannedRow[],
  { id, at, data }: PlannedRow,
  field: string,
  text: string,
): Promise<PlannedRow[]> {
  const wanted = [{ at, data, cells: [{ field, entry: { text } }] }];
  const given = sheet.given();
  const named = await resolveNames(wanted, sheet.context, given);
  const cell = planRows(wanted, { context: sheet.context, given, named })[0]!.cells[0]!;
  return checked(sheet, withCell(plan, id, cell));
}
