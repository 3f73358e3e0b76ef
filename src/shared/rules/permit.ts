import type { AccessLevel, DataClass, Entity, Verb } from '../model';
import type { ScopeClass, ScopeKey, SessionFacts } from '../contract/wire';
import { platformOwner } from '../contract/wire';

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
  if (rank === 1 && (entity.teaching !== undefined || entity.name === 'students')) return true;
  return rank >= classRank[entity.dataClass];
}

/**
 * Why this session may not do this to this row, in words; null where it may.
 * @param row the row as it stands, or as it would be inserted; omit to ask about the entity in general
 */
export function whyNot(
  session: Pick<SessionFacts, 'userId' | 'role' | 'programs'>,
  entity: Entity,
  verb: Verb,
  row?: Record<string, unknown>,
): string | null {
  const level = entity.access[verb];
  const rank = rankOf(session.role);
  const things = entity.labels.many.toLowerCase();
  const act = { create: 'add', update: 'change', remove: 'delete' }[verb];
  if (level === 'nobody') return `Nobody can ${act} ${things} by hand: the system keeps them.`;
  if (level === 'own') {
    return !row || row['userId'] === session.userId ? null : `Only ${whoCan('own')} can ${act} this.`;
  }
  if (rank < levelRank[level]) return `Only ${whoCan(level)} can ${act} ${things}. Ask one of them.`;
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
  if (entity.name === 'users' && rankOf(String(row['role'] ?? '')) > mayManageUpTo(rank)) {
    return `Only a higher role can ${act} somebody with this role. Ask a super admin.`;
  }
  return null;
}
