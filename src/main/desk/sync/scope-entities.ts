import type { ScopeClass, ScopeKey } from '../../../shared/contract/wire';
import { allEntities, type EntityName } from '../../../shared/entities';
import type { DataClass, Entity } from '../../../shared/model';
import { isTaught } from '../../../shared/rules/teaching';

/**
 * Which entities can stand in a scope of a class: a superset of what the server keeps there, as asking for one too many costs next to
 * nothing and asking for one too few would leave rows out.
 */
const stands: Record<ScopeClass, (entity: Entity) => boolean> = {
  platform: (entity) => entity.scope === 'platform',
  admin: (entity) => entity.scope === 'account',
  catalogue: (entity) => isOf(entity, 'catalogue') || entity.scope === 'self' || entity.scope === 'account',
  people: (entity) => isOf(entity, 'people') || entity.scope === 'account',
  confidential: (entity) => isOf(entity, 'confidential'),
  finance: (entity) => isOf(entity, 'finance') || entity.scope === 'account',
  own: (entity) => entity.scope === 'user' || entity.scope === 'account',
  teaching: isTaught,
};

const isOf = (entity: Entity, dataClass: DataClass): boolean =>
  entity.scope === 'program' && entity.dataClass === dataClass;

/** Parents first, so that a half loaded desk shows names rather than gaps. Empty for a class that only a newer console knows. */
export function entitiesIn(scope: ScopeKey): EntityName[] {
  const test = (stands as Record<string, ((entity: Entity) => boolean) | undefined>)[scope.split(':')[0] as string];
  return test ? allEntities.filter(test).map((entity) => entity.name as EntityName) : [];
}
