import type { Problem } from '../../../shared/contract/outcome';
import type { Input } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import type { AnyRow, Entity } from '../../../shared/model';
import { validateRow } from '../../../shared/rules/validate';
import { problemOf } from '../../client/request';
import { draftKey, draftOf, dropDraft, keepDraft, keptDraft, type Draft } from '../../forms/drafts';

export interface DraftView {
  /** The stored row, and over it what was typed. */
  values: Readonly<Record<string, unknown>>;
  unread: Draft['unread'];
  isDirty: boolean;
  isSaving: boolean;
  /** What is wrong, by field, once somebody tried to save. */
  issues: Readonly<Record<string, string>>;
  problem: Problem | null;
}

type Save = (input: Input<'rows.save'>) => Promise<unknown>;

/**
 * What is typed into a node and not saved yet.
 *
 * Invariant: nothing typed is lost. It is kept until the desk has it, also where saving fails or the node is left; a sync never overwrites it:
 * the edit says what the person saw (`base`), so that a change of somebody else's is merged or asked about.
 */
export class NodeDraft {
  private readonly entity: Entity;
  private draft: Draft;
  private attempt: Pick<DraftView, 'isSaving' | 'issues' | 'problem'> = { isSaving: false, issues: {}, problem: null };
  /** A long text that is read from its editor only when it is needed. */
  private waiting: { field: string; read: () => string } | null = null;
  private readonly listeners = new Set<() => void>();
  private view: DraftView;

  private readonly key: string;

  /** @param owner the id of the person who types */
  constructor(
    owner: string,
    private readonly name: EntityName,
    private row: AnyRow,
    private readonly send: Save,
  ) {
    this.entity = entityOf(name);
    this.key = draftKey(owner, this.entity, row.id);
    this.draft = keptDraft(this.key) ?? draftOf(this.entity, row);
    this.view = this.look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly read = (): DraftView => this.view;

  /** The row as it is stored now. */
  see(row: AnyRow): void {
    if (row === this.row) return;
    this.row = row;
    this.tell({});
  }

  change(field: string, value: unknown): void {
    const { draft } = this;
    const before = field in draft.base ? draft.base[field] : (this.row[field] ?? null);
    const values = without(draft.values, field);
    const base = without(draft.base, field);
    if (value !== before) {
      values[field] = value;
      base[field] = before;
    }
    this.attempt = { ...this.attempt, issues: without(this.attempt.issues, field) };
    this.put({ ...draft, values, base, unread: without(draft.unread, field) });
  }

  /** The text cannot be read as a value. */
  misread(field: string, text: string, problem: string): void {
    this.put({ ...this.draft, unread: { ...this.draft.unread, [field]: { text, problem } } });
  }

  later(field: string, read: () => string): void {
    const isNew = this.waiting === null;
    this.waiting = { field, read };
    if (isNew) this.tell({});
  }

  /** Takes what waits in an editor. */
  flush(): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting) this.change(waiting.field, waiting.read());
  }

  /** @returns whether nothing is left to save */
  async save(): Promise<boolean> {
    this.flush();
    const { id, values, base, unread } = this.draft;
    const issues: Record<string, string> = {};
    for (const { path, message } of validateRow(this.entity, values, 'update')) issues[path] = message;
    for (const [field, { problem }] of Object.entries(unread)) issues[field] = problem;
    if (Object.keys(issues).length > 0) {
      this.tell({ issues });
      return false;
    }
    if (Object.keys(values).length === 0) return true;
    this.tell({ isSaving: true, issues: {}, problem: null });
    try {
      const edits = [{ op: 'update' as const, entity: this.name, id, values, base }];
      await this.send({ edits, label: `Change ${this.title(values)}`.slice(0, 200), via: 'form' });
      this.settle(values);
      return true;
    } catch (error) {
      const problem = problemOf(error);
      const found = problem.kind === 'invalid' ? problem.issues : [];
      const byField = Object.fromEntries(found.map(({ path, message }) => [path.split('.').at(-1) ?? path, message]));
      this.tell({ isSaving: false, problem, issues: byField });
      return false;
    }
  }

  title(values: Readonly<Record<string, unknown>> = this.draft.values): string {
    const name = values['name'] ?? this.row['name'];
    return typeof name === 'string' && name !== '' ? name : this.entity.labels.one.toLowerCase();
  }

  /** What was typed while it was being saved is based on what was saved. */
  private settle(saved: Readonly<Record<string, unknown>>): void {
    this.row = { ...this.row, ...saved };
    const left = Object.entries(this.draft.values).filter(([field, value]) => saved[field] !== value);
    const base = left.map(([field]) => [field, field in saved ? saved[field] : this.draft.base[field]]);
    this.attempt = { isSaving: false, issues: {}, problem: null };
    this.put({ ...this.draft, values: Object.fromEntries(left), base: Object.fromEntries(base) as Draft['base'] });
  }

  private put(draft: Draft): void {
    this.draft = draft;
    if (isEmpty(draft)) dropDraft(this.key);
    else keepDraft(this.key, draft);
    this.tell({});
  }

  private tell(attempt: Partial<NodeDraft['attempt']>): void {
    this.attempt = { ...this.attempt, ...attempt };
    this.view = this.look();
    for (const listener of this.listeners) listener();
  }

  private look(): DraftView {
    const { values, unread } = this.draft;
    return {
      values: { ...this.row, ...values },
      unread,
      isDirty: !isEmpty(this.draft) || this.waiting !== null,
      ...this.attempt,
    };
  }
}

const isEmpty = ({ values, unread }: Draft): boolean => Object.keys(values).length + Object.keys(unread).length === 0;

const without = <T>(record: Readonly<Record<string, T>>, field: string): Record<string, T> => {
  const { [field]: _gone, ...rest } = record;
  return rest;
};
