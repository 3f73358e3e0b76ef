import { allEntities } from '../entities';
import type { AccessLevel, Verb } from '../model';
import { classRank, levelRank, rankOf } from './permit';
import { isTaught } from './teaching';

/** What a role opens, from the permission matrix, in names of things. */
export interface RoleReach {
  sees: string[];
  changes: string[];
  /** Only of the courses the person teaches. */
  seesTaught: string[];
  changesTaught: string[];
}

const personal: readonly AccessLevel[] = ['own', 'nobody'];

/** What somebody with this role sees and changes in the programs they are assigned to. */
export function reachOf(role: string): RoleReach {
  const rank = rankOf(role);
  const reach: RoleReach = { sees: [], changes: [], seesTaught: [], changesTaught: [] };
  if (rank === 0) return reach;
  for (const entity of allEntities.filter(({ scope }) => scope !== 'user')) {
    const name = entity.labels.many;
    const isTutors = rank === 1 && isTaught(entity);
    const mayRead = rank >= (entity.scope === 'program' ? classRank[entity.dataClass] : 1);
    if (mayRead) reach.sees.push(name);
    else if (isTutors) reach.seesTaught.push(name);
    const mayWrite = (['create', 'update'] satisfies Verb[]).some((verb) => {
      const level = entity.access[verb];
      return !personal.includes(level) && rank >= levelRank[level as keyof typeof levelRank];
    });
    if (mayWrite) (isTutors ? reach.changesTaught : reach.changes).push(name);
  }
  return reach;
}
