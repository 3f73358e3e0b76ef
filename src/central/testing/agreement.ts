/** What a desk would answer from the rows it holds, what the database answers, and whether the two are the same. */
import type { Op, SessionFacts } from '../../shared/contract/wire';
import { entityOf, isEntityName, type EntityName } from '../../shared/entities';
import { newId } from '../../shared/model';
import { whyNot, whyNotChange } from '../../shared/rules/permit';
import type { ReadRow } from '../../shared/rules/teaching';
import type { TestDesk } from './central';

type Row = Record<string, unknown>;

/** Refusals that say: not yours. Everything else is a matter of the values. */
const denials: readonly string[] = ['forbidden', 'rank-too-high', 'not-found', 'wrong-program', 'read-only-field'];
export const isDenial = (code: string | undefined): boolean => code !== undefined && denials.includes(code);

/** A person with a session, and what their desk holds. */
export interface Person {
  name: string;
  desk: TestDesk;
  facts: SessionFacts;
  held: Map<EntityName, Map<string, Row>>;
}

export async function personAt(name: string, desk: TestDesk): Promise<Person> {
  const page = await desk.pull({}, null, 10_000);
  if ('err' in page) throw new Error(`${name}: ${page.err}`);
  if (page.after !== null) throw new Error('the world has grown beyond one page');
  const held = new Map<EntityName, Map<string, Row>>();
  for (const [, entity, id, op, row] of page.changes) {
    if (op !== 'P' || !isEntityName(entity)) continue;
    held.set(entity, (held.get(entity) ?? new Map<string, Row>()).set(id, row!));
  }
  return { name, desk, facts: page.session, held };
}

export const readerFor =
  ({ held }: Person): ReadRow =>
  (entity, id) =>
    held.get(entity)?.get(id) ?? null;

/** Why the desk would not even try, in words; null where it would. */
export function deskAnswer(person: Person, op: Op): string | null {
  const entity = entityOf(op.entity as EntityName);
  const read = readerFor(person);
  const unseen = unseenReference(person, op);
  if (op.op === 'insert') return whyNot(person.facts, entity, 'create', { ...op.patch, id: op.id }, read) ?? unseen;
  const row = read(op.entity as EntityName, op.id);
  if (!row) return 'It is not on this desk.';
  if (op.op === 'reveal') return null;
  if (op.op === 'delete') return whyNot(person.facts, entity, 'remove', row, read);
  return whyNotChange(person.facts, entity, row, op.patch ?? {}, read) ?? unseen;
}

const ofAnotherProgram = 'It refers to a row of another program.';

function unseenReference(person: Person, op: Op): string | null {
  const entity = entityOf(op.entity as EntityName);
  const after = { ...person.held.get(op.entity as EntityName)?.get(op.id), ...op.patch };
  for (const [name, value] of Object.entries(op.patch ?? {})) {
    const field = entity.fields[name];
    if (field?.kind !== 'reference' || name === 'programId' || typeof value !== 'string') continue;
    const row = person.held.get(field.options.to as EntityName)?.get(value);
    if (!row) return `“${field.options.label}” refers to a row that is not on this desk.`;
    const isElsewhere = 'programId' in entity.fields && 'programId' in row && row.programId !== after['programId'];
    if (isElsewhere) return ofAnotherProgram;
  }
  return null;
}

/** The code with which the database refuses, or undefined; nothing stays done. */
export async function databaseAnswer(desk: TestDesk, op: Op): Promise<string | undefined> {
  await desk.client.query('begin');
  const answer = await desk.push({ seq: 1, id: newId(), ops: [op] });
  await desk.client.query('rollback');
  if ('err' in answer) return answer.err;
  return answer.results[0]?.refusal?.code;
}

/** Null where both say yes or both say no; otherwise what each said. `tally` counts what the desk said. */
export async function disagreement(
  person: Person,
  op: Op,
  tally: { yes: number; no: number } = { yes: 0, no: 0 },
): Promise<string | null> {
  const desk = deskAnswer(person, op);
  tally[desk === null ? 'yes' : 'no'] += 1;
  const code = await databaseAnswer(person.desk, op);
  // A row of another program is refused for that, or by a rule that sees it first.
  const isRefused = desk === ofAnotherProgram ? code !== undefined : isDenial(code);
  if ((desk === null) === !isRefused) return null;
  const { role, programs } = person.facts;
  return `${person.name} (${role} of ${programs.length}) ${op.op} ${op.entity} ${JSON.stringify(op.patch ?? {})}: the desk says “${desk ?? 'yes'}”, the database “${code ?? 'yes'}”`;
}
