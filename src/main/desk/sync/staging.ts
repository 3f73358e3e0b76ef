/**
 * What the pages of a pull said, put together before anything of it is written.
 *
 * Invariant: within a pull, later pages were read from later snapshots, so of two statements about one row in one scope the later one
 * holds; of two versions of one row the newer one does (a page of another scope may bring an older one).
 */
import type { Page } from '../remote/read-changes';
import type { ScopeKey, WireRow } from '../../../shared/contract/wire';
import { isEntityName, type EntityName } from '../../../shared/entities';

/** `put`: the row stands in the scope. `deleted`: it is no more. `left`: it stands elsewhere, perhaps where this desk may not look. */
export type Standing = 'put' | 'deleted' | 'left';

export interface StagedRow {
  entity: EntityName;
  id: string;
  /** The newest version seen; null where no scope said `put`. */
  row: WireRow | null;
  scopes: Map<ScopeKey, Standing>;
}

export interface Staging {
  take(changes: Page['changes']): void;
  rows(): Iterable<StagedRow>;
  readonly size: number;
  /** Entities of a newer server, passed over. */
  readonly unknown: ReadonlySet<string>;
}

const standing = { P: 'put', D: 'deleted', L: 'left' } as const;

export function createStaging(): Staging {
  const staged = new Map<string, StagedRow>();
  const unknown = new Set<string>();
  return {
    take(changes) {
      for (const [scope, entity, id, op, row] of changes) {
        if (!isEntityName(entity)) {
          unknown.add(entity);
          continue;
        }
        const key = `${entity}:${id}`;
        let entry = staged.get(key);
        if (!entry) staged.set(key, (entry = { entity, id, row: null, scopes: new Map() }));
        entry.scopes.set(scope, standing[op]);
        if (row && (!entry.row || row.rowVersion >= entry.row.rowVersion)) entry.row = row;
      }
    },
    rows: () => staged.values(),
    get size() {
      return staged.size;
    },
    unknown,
  };
}
