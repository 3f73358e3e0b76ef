import type { AccessLevel, DataClass, Entity, Verb } from '../model';
import type { ScopeClass, ScopeKey, SessionFacts } from '../contract/wire';
import { platformOwner } from '../contract/wire';
import { sameValue } from './canonical-json';
import { isTaught, teachesCourseOf, type ReadRow } from './teaching';

/**
 * The one permission matrix. The central database's policies, the desk's checks and the screens' locks all follow from it.
 *
 * A role is a rank; inside its own programs a role may do whatever its rank reaches. A super admin is somebody whose programs are all
 * programs, never an exception in a condition.
 */

export type Rank = 0 | 1 | 2 | 3 | 4;

const ranks: Record<string, Rank> = { tutor: 1, program_coordinator: 2, program_admin: 3, super_admin: 4 };

/** 0 for the people the console administers but who may not sign in to it. */
export const rankOf = (role: string): Rank => ranks[role] ?? 0;

/** The least rank that holds a class of a program's data. */
export const classRank: Record<DataClass, Rank> = { catalogue: 1, people: 2, confidential: 2, finance: 3 };

/** The least rank an access level asks for; `own` and `nobody` are not ranks. */
export const levelRank: Record<Exclude<AccessLevel, 'own' | 'nobody'>, Rank> = {
  staff: 1,
  tutor: 1,
  program_coordinator: 2,
  program_admin: 3,
  super_admin: 4,
};

/** The highest role rank a rank may give to, or change on, another user. */
export const mayManageUpTo = (rank: Rank): Rank | -1 => (rank === 4 ? 4 : rank === 3 ? 2 : rank === 2 ? 0 : -1);

const levelNames: Record<AccessLevel, string> = {
  own: 'the person it belongs to',
  staff: 'everybody on the staff',
  tutor: 'the tutor of the course, program coordinators and program admins',
  program_coordinator: 'program coordinators and program admins',
  program_admin: 'program admins',
  super_admin: 'super admins',
  nobody: 'nobody: the system keeps it',
};

/** "program admins": who may do it, for a sentence that begins "Only …". */
export const whoCan = (level: AccessLevel): string => levelNames[level];

/** The scopes a session holds: which slices of the data its desk keeps. */
export function scopesOf(session: Pick<SessionFacts, 'userId' | 'role' | 'programs'>): ScopeKey[] {
  const rank = rankOf(session.role);
  if (rank === 0) return [];
  const classes = (Object.keys(classRank) as DataClass[]).filter((name) => rank >= classRank[name]);
  const scopes: ScopeKey[] = [`platform:${platformOwner}`, `own:${session.userId}`];
  if (rank === 4) scopes.push(`admin:${platformOwner}`);
  if (rank === 1) scopes.push(`teaching:${session.userId}`);
  for (const programId of session.programs)
    for (const name of classes) scopes.push(`${name as ScopeClass}:${programId}` as ScopeKey);
  return scopes;
}

/** Which program a row belongs to for the purpose of rights; null for rows outside programs. */
export function programOf(entity: Entity, row: Record<string, unknown>): string | null {
  if (entity.scope === 'program') return (row['programId'] as string | undefined) ?? null;
  if (entity.scope === 'self') return (row['id'] as string | undefined) ?? null;
  return null;
}

/** May this session read the entity at all? For hiding screens; rows are decided by scope. */
export function mayRead(session: Pick<SessionFacts, 'role'>, entity: Entity): boolean {
  const rank = rankOf(session.role);
  if (entity.scope !== 'program') return rank > 0;
  if (rank === 1 && isTaught(entity)) return true;
  return rank >= classRank[entity.dataClass];
}

type Person = Pick<SessionFacts, 'userId' | 'role' | 'programs'>;
type Row = Record<string, unknown>;
const words: Record<Verb, string> = { create: 'add', update: 'change', remove: 'delete' };

/**
 * Why this session may not do this to this row, in words; null where it may.
 * @param row the row as it stands, or as it would be inserted; omit to ask about the entity in general
 * @param read finds the course a row hangs from. Without it a tutor is taken to teach it: a tutor's desk holds no other such row
 */
export function whyNot(session: Person, entity: Entity, verb: Verb, row?: Row, read?: ReadRow): string | null {
  const level = entity.access[verb];
  const rank = rankOf(session.role);
  const things = entity.labels.many.toLowerCase();
  const act = words[verb];
  if (rank === 0) return `Only the staff can ${act} ${things}. Ask one of them.`;
  if (level === 'nobody') return `Nobody can ${act} ${things} by hand: the system keeps them.`;
  if (level === 'own') {
    return !row || row['userId'] === session.userId ? null : `Only ${whoCan('own')} can ${act} this.`;
  }
  const refusal = `Only ${whoCan(level)} can ${act} ${things}. Ask one of them.`;
  if (rank < levelRank[level]) return refusal;
  if (!row) return null;
  const programId = programOf(entity, row);
  if (
    programId !== null &&
    rank < 4 &&
    !(entity.scope === 'self' && verb === 'create') &&
    !session.programs.includes(programId)
  ) {
    return `This belongs to a program you are not assigned to. A super admin can assign you.`;
  }
  if (level === 'tutor' && rank === 1 && read && !teachesCourseOf(session, entity, row, read)) return refusal;
  const role = roleBehind(entity, row, read);
  if (role !== null && rankOf(role) > mayManageUpTo(rank)) {
    return `Only a higher role can ${act} somebody with this role. Ask a super admin.`;
  }
  return null;
}

/** The role of the person whose account a row is, or says more about; null where it is about no account, or that is not known. */
function roleBehind(entity: Entity, row: Row, read?: ReadRow): string | null {
  if (entity.scope !== 'account') return null;
  const account = entity.name === 'users' ? row : read?.('users', String(row['userId']));
  return account ? String(account['role'] ?? '') : null;
}

/** Why this session may not set this field of a row it may otherwise change; null where it may. */
export function whyNotField(session: Person, entity: Entity, field: string): string | null {
  if (rankOf(session.role) !== 1 || entity.access.update !== 'tutor') return null;
  if (!entity.tutorSets || entity.tutorSets.includes(field)) return null;
  const label = entity.fields[field]?.options.label ?? field;
  return `Only ${whoCan('program_coordinator')} can change “${label}” of ${entity.labels.many.toLowerCase()}. Ask one of them.`;
}

/** Why this session may not make this change to a row, whatever each part of it may be; null where it may. */
export function whyNotChange(session: Person, entity: Entity, before: Row, patch: Row, read?: ReadRow): string | null {
  const after = { ...before, ...patch };
  const reason = whyNot(session, entity, 'update', before, read) ?? whyNot(session, entity, 'update', after, read);
  if (reason !== null) return reason;
  for (const [field, value] of Object.entries(patch)) {
    const locked = sameValue(before[field], value) ? null : whyNotField(session, entity, field);
    if (locked !== null) return locked;
  }
  // A role counts in every program a person works in, also in those this session knows nothing of.
  const isRaised = rankOf(String(after['role'] ?? '')) > rankOf(String(before['role'] ?? ''));
  return entity.name === 'users' && isRaised && rankOf(session.role) < 4
    ? 'Only super admins can give somebody a higher role: it counts in every program they work in. Ask one of them.'
    : null;
}
