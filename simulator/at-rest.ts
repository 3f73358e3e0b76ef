/** What must be true of everybody and of the server once everything has healed. */
import { entityNames, entityOf, isEntityName, type EntityName } from '../src/shared/entities';
import type { AnyRow } from '../src/shared/model';
import { canonicalJson } from '../src/shared/rules/canonical-json';
import { isRefusalCode } from '../src/shared/rules/refusals';
import { needsYouList } from '../src/main/desk/local/outbox';
import { statement } from '../src/main/desk/local/statements';
import { letGo } from '../src/main/desk/local/write';
import { turn, type Made, type Seat } from './seat';
import { hold } from './violation';
import { markOf, type World } from './world';

interface Entry {
  mutation_id: string | null;
  tbl: number;
  row_id: string;
  action: string;
  changes: Record<string, [unknown, unknown]>;
  is_sealed: boolean;
}

export async function checkAtRest(world: World, seats: readonly Seat[]): Promise<void> {
  const entries = await readTrail(world);
  for (const seat of seats) {
    await checkRows(world, seat);
    await checkMutations(world, seat, entries);
    await checkPurged(world, seat);
  }
  await checkTrail(world, entries);
  await checkNumbers(world);
}

async function readTrail({ central, programs, sealer, auditFrom }: World): Promise<Entry[]> {
  // Each push seals a little of what was committed before it; a desk that only looks in does so too.
  const desk = await central.desk(sealer);
  for (let i = 0; i < 12; i++) await desk.push();
  await desk.close();
  const { rows } = await central.sql.query<Entry>(
    `select e.mutation_id, e.tbl, e.row_id, e.action, e.changes, exists (select from audit.seal s where s.entry_id = e.id) as is_sealed
       from audit.entry e where e.id > $1 and (e.program_id = any ($2) or e.mutation_id is not null) order by e.id`,
    [auditFrom, programs],
  );
  return rows;
}

/** I1, I9: nothing waits, and every row is there byte for byte, and no other. */
export async function checkRows({ central }: World, { desk, user, plan }: Seat): Promise<void> {
  const { waiting, acknowledged } = desk.counts();
  hold('I9', waiting === 0 && acknowledged === 0, () => `${waiting} wait and ${acknowledged} are not confirmed`);
  const { rows } = await central.sql.query<{ r: { scopes: string[]; programs: string[] } }>(
    'select api.session($1) as r',
    [desk.token],
  );
  const given = await central.sql.query<{ id: string }>(
    `select program_id as id from app.user_program_assignments where user_id = $1 and deleted_at is null`,
    [user],
  );
  const assigned = given.rows.map(({ id }) => id);
  const told = rows[0]?.r.programs ?? [];
  const isRight =
    plan.role === 'super_admin' || (told.length === assigned.length && told.every((id) => assigned.includes(id)));
  hold('I12', isRight, () => `the session holds programs ${told.join()} and was given ${assigned.join()}`);
  const scopes = rows[0]?.r.scopes ?? [];
  const arms = entityNames.map(
    (entity) => `select '${entity}:' || t.id as key, sync.json_${entity}(t) as r from app.${entity} t
      where t.deleted_at is null and exists (select from sync.wanted_${entity} w where w.row_id = t.id and w.op = 'P'
        and sync.class_name(w.class) || ':' || w.owner = any ($1))`,
  );
  // Under a name, so that the server plans it only once for a whole lane.
  const found = await central.sql.query<{ key: string; r: AnyRow }>({
    ...{ name: 'wanted', text: arms.join('\nunion all\n'), values: [scopes] },
  });
  const wanted = new Map(found.rows.map(({ key, r }) => [key, canonicalJson(r)]));
  const here = new Map(Object.entries(desk.everything()).map(([key, row]) => [key, canonicalJson(row)]));
  for (const [key, row] of wanted) {
    hold('I1', here.has(key), () => `${plan.role} ${user} misses ${key}`);
    hold('I1', here.get(key) === row, () => `${key} here ${here.get(key)} there ${row}`);
  }
  for (const key of here.keys()) {
    const program = /"programId":"([^"]+)"/.exec(here.get(key)!)?.[1];
    const isForeign = program !== undefined && !scopes.some((scope) => scope.endsWith(program));
    hold(
      isForeign ? 'I12' : 'I1',
      wanted.has(key),
      () => `${plan.role} ${user} holds ${key}, which the server does not`,
    );
  }
  const { n } = statement(desk.db, 'select count(*) as n from base_rows').get() as { n: number };
  hold('I1', n === 0, () => `${n} clean rows keep a base`);
}

/**
 * I12: of a program this desk may not see, no byte is left. What came back and waits for its person is theirs (I3): they let go of it first.
 * The last thing done to a desk, as it ends its list.
 */
export async function checkPurged({ programs }: World, seat: Seat): Promise<void> {
  const { desk, made } = seat;
  for (const { mutationId } of needsYouList(desk.db)) {
    letGo(desk.db, mutationId);
    for (const one of made) if (one.id === mutationId) one.isLetGo = true;
  }
  hold('I9', await turn(seat), () => 'a desk whose list was ended cannot take a turn');
  const held = new Set(desk.rows('programs').map((row) => row.id));
  for (const program of programs.filter((id) => !held.has(id)))
    hold('I12', !desk.holdsBytes(markOf(program)), () => `bytes of program ${program} are left in the store`);
}

async function checkMutations(
  { central, isRestored }: World,
  { desk, made }: Seat,
  entries: readonly Entry[],
): Promise<void> {
  const { rows } = await central.sql.query<{
    id: string;
    device_id: string;
    seq: number;
    result: { status: string; refusal?: { code: string } };
  }>('select id, device_id, seq::int, result from sync.mutation where id = any ($1) and not alias', [
    made.map(({ id }) => id),
  ]);
  const results = Map.groupBy(rows, (row) => row.id);
  const last = new Map<string, number>();
  const effects = Map.groupBy(entries, (entry) => entry.mutation_id);
  for (const mutation of made) {
    const { id, isForgotten, isLetGo } = mutation;
    const [first, ...more] = results.get(id) ?? [];
    if (!first) {
      // What came back waits for its person, whatever the server has lost of it since.
      const isShown = isRestored && isBackHere(desk.result(id).state);
      hold(
        'I3',
        isForgotten || isLetGo || isShown,
        () => `mutation ${id} never reached the server, and here it is ${desk.result(id).state}`,
      );
      continue;
    }
    hold('I2', more.length === 0, () => `mutation ${id} has ${1 + more.length} results`);
    hold('I2', first.seq > (last.get(first.device_id) ?? 0), () => `mutation ${id} overtook another of its desk`);
    last.set(first.device_id, first.seq);
    const { status, refusal } = first.result;
    const isBack = status === 'conflict' || status === 'rejected';
    if (status === 'rejected')
      hold('I10', isRefusalCode(refusal?.code ?? ''), () => `${refusal?.code} is no listed refusal`);
    checkEffects(mutation, effects.get(id) ?? [], isBack);
    if (isForgotten || isLetGo) continue;
    const here = desk.result(id).state;
    const isShown = isBack ? here === status : here === 'done' || here === 'forgotten';
    hold('I3', isShown, () => `mutation ${id} is ${status} on the server and ${here} here`);
  }
}

const isBackHere = (state: string): boolean => state === 'conflict' || state === 'rejected' || state === 'discarded';

function checkEffects({ id, ops }: Made, all: readonly Entry[], isBack: boolean): void {
  // The server closes gaps in an order by itself, in the name of the mutation that made them.
  const entries = all.filter((entry) => entry.action !== 'update' || !Object.keys(entry.changes).every(isPosition));
  hold('I2', !isBack || all.length === 0, () => `mutation ${id} came back, yet took effect`);
  for (const op of ops) {
    if (ops.filter((other) => other.id === op.id).length > 1) continue;
    const [effect, ...more] = entries.filter((entry) => entry.row_id === op.id && entry.action === op.op);
    hold('I2', more.length === 0, () => `mutation ${id} took effect ${1 + more.length} times`);
    const asked = new Set<string>(ops.filter((other) => other.id === op.id).map((other) => other.op));
    const unasked = entries.find((entry) => entry.row_id === op.id && !asked.has(entry.action));
    hold(
      'I2',
      !unasked || asked.has('delete'),
      () => `mutation ${id} was to ${op.op} ${op.entity}, and the trail says ${unasked?.action}`,
    );
    const policies = isEntityName(op.entity) ? entityOf(op.entity).fields : {};
    for (const [field, before] of Object.entries(effect ? (op.base ?? {}) : {})) {
      const change = effect!.changes[field];
      if (!change || isPosition(field) || policies[field]?.options.onConflict === 'last') continue;
      hold(
        'I7',
        canonicalJson(change[0] ?? null) === canonicalJson(before ?? null),
        () => `${op.entity}.${field} of mutation ${id} overwrote ${JSON.stringify(change[0])}`,
      );
    }
  }
}
const isPosition = (field: string): boolean => field === 'sequence' || field === 'sequenceOrder';

/** I6: told one after the other, the entries of a row make the row; every one of them is sealed. */
async function checkTrail({ central, programs }: World, entries: readonly Entry[]): Promise<void> {
  const open = entries.filter((entry) => !entry.is_sealed).length;
  hold('I6', open === 0, () => `${open} of ${entries.length} entries were never sealed`);
  const told = new Map<string, Record<string, unknown> | null>();
  const names = new Map(entityNames.map((name) => [entityOf(name).number, name]));
  for (const { tbl, row_id, action, changes } of entries) {
    const key = `${names.get(tbl)}:${row_id}`;
    if (action === 'insert') told.set(key, {});
    const row = told.get(key);
    if (row) for (const [field, [, now]] of Object.entries(changes)) row[field] = now;
  }
  const arms = entityNames
    .filter((name) => entityOf(name).scope === 'program')
    .map(
      (name: EntityName) =>
        `select '${name}:' || t.id as key, sync.json_${name}(t) as r from app.${name} t where t.program_id = any ($1)`,
    );
  const { rows } = await central.sql.query<{ key: string; r: AnyRow }>(arms.join('\nunion all\n'), [programs]);
  for (const { key, r } of rows) {
    const row = told.get(key);
    hold('I6', row != null, () => `${key} is there, and the trail does not know how it came to be`);
    for (const field of Object.keys(entityOf(key.split(':')[0] as EntityName).fields)) {
      const [here, trail] = [canonicalJson(r[field] ?? null), canonicalJson(row![field] ?? null)];
      hold('I6', here === trail, () => `${key}.${field} is ${here}, by the trail ${trail}`);
    }
  }
}

async function checkNumbers({ central, programs }: World): Promise<void> {
  const doubled = await central.sql.query(
    'select student_number from app.students where program_id = any ($1) group by program_id, student_number having count(*) > 1',
    [programs],
  );
  hold('I8', doubled.rowCount === 0, () => 'a student number was given twice');
  const prices = await central.sql.query(
    `select from app.facility_course_pricing a join app.facility_course_pricing b using (facility_id, course_id, age_group, location_type, session_type)
      where a.id < b.id and a.is_active and b.is_active and a.deleted_at is null and b.deleted_at is null and a.program_id = any ($1)
        and daterange(a.effective_date, a.end_date, '[]') && daterange(b.effective_date, b.end_date, '[]')`,
    [programs],
  );
  hold('I8', prices.rowCount === 0, () => 'two prices hold on one day');
  const gaps = await central.sql.query(
    `select from app.program_options where program_id = any ($1) and deleted_at is null group by program_id, option_kind having max(sequence) <> count(*) or count(distinct sequence) <> count(*)
     union all
     select from app.modules where program_id = any ($1) and deleted_at is null group by curriculum_id having max(sequence_order) <> count(*) or count(distinct sequence_order) <> count(*)`,
    [programs],
  );
  hold('I8', gaps.rowCount === 0, () => 'an order has a gap, or a place twice');
}

/** I6, of the whole database: every chain of the trail fits from its beginning to its end. */
export async function checkChains({ central }: Pick<World, 'central'>): Promise<void> {
  const { rows } = await central.sql.query<{ problem: string }>(
    'select problem from audit.verify() where problem is not null',
  );
  hold('I6', rows.length === 0, () => rows[0]!.problem);
}
