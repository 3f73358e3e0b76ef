import type { FieldIssue } from '../../../shared/contract/outcome';
import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import type { CommandContext } from '../context';
import { getMeta } from '../local/meta';
import { replay, type LocalOp } from '../local/replay';
import { readRow } from '../local/rows';

export interface DraftRow {
  entity: EntityName;
  /** As it stands in the store; null for a new row. */
  before: AnyRow | null;
  after: AnyRow | null;
  path: string;
}

/** The rows as they will stand once an action's edits are made: later edits of the action see the earlier ones. */
export class Draft {
  readonly rows = new Map<string, DraftRow>();
  readonly ops: LocalOp[] = [];
  readonly issues: FieldIssue[] = [];
  /** Rows the same action deletes: nothing collides with them. */
  going: ReadonlyMap<EntityName, ReadonlySet<string>> = new Map();
  readonly #user: string | null;
  readonly #memo = new Map<string, unknown>();

  constructor(readonly context: CommandContext) {
    this.#user = getMeta(context.db, 'user');
  }

  now(entity: EntityName, id: string): AnyRow | null {
    const drafted = this.rows.get(`${entity} ${id}`);
    return drafted ? drafted.after : readRow(this.context.db, entity, id);
  }

  /** `now`, as a function to hand on. */
  readonly read = (entity: EntityName, id: string): AnyRow | null => this.now(entity, id);

  /** @param before the row as it stands, where that is known already */
  add(op: LocalOp, path: string, before: AnyRow | null = this.now(op.entity as EntityName, op.id)): void {
    const entity = op.entity as EntityName;
    const after = replay(before, [{ at: this.context.now(), op }], this.#user);
    const first = this.rows.get(`${entity} ${op.id}`);
    this.rows.set(`${entity} ${op.id}`, { entity, before: first ? first.before : before, after, path });
    this.ops.push(op);
  }

  /** The part of it that concerns these rows, for checks that were made to count again. */
  only(context: CommandContext, ids: ReadonlySet<string>): Draft {
    const part = new Draft(context);
    for (const [key, row] of this.rows) if (row.after && ids.has(row.after.id)) part.rows.set(key, row);
    part.ops.push(...this.ops.filter((op) => ids.has(op.id)));
    return part;
  }

  /** Takes a new row out again, as if it had never been added. */
  take(entity: EntityName, id: string): void {
    this.rows.delete(`${entity} ${id}`);
    const at = this.ops.findLastIndex((op) => op.id === id);
    if (at >= 0) this.ops.splice(at, 1);
  }

  /** A prefix for issues: nothing where there is but one edit. */
  issue(path: string, field: string, message: string): void {
    this.issues.push({ path: `${path}${field}`, message });
  }

  /** Works a thing out once an action: a paste of thousands of rows asks the same questions thousands of times. */
  memo<T>(key: string, make: () => T): T {
    if (!this.#memo.has(key)) this.#memo.set(key, make());
    return this.#memo.get(key) as T;
  }

  remember(key: string, value: unknown): void {
    this.#memo.set(key, value);
  }
}
