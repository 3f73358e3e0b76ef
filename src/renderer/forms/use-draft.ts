import { useCallback, useMemo, useState } from 'react';
import type { FieldIssue, Problem } from '../../shared/contract/outcome';
import { isEntityName } from '../../shared/entities';
import type { AnyRow, Entity } from '../../shared/model';
import { slugOf, validateRow } from '../../shared/rules/validate';
import { problemOf, request } from '../client/request';
import { draftKey, draftOf, dropDraft, keepDraft, keptDraft, type Draft } from './drafts';
import { isAsked } from './locks';

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export interface SavedRow {
  id: string;
  /** What undoes it. */
  mutationId: string;
}

export interface DraftState {
  /** The row as the form shows it: what stands, and over it what was typed. */
  values: Record<string, unknown>;
  unread: Draft['unread'];
  /** Whether a field of an existing row was changed and not saved yet. */
  isChanged: (name: string) => boolean;
  isDirty: boolean;
  isSaving: boolean;
  issues: Readonly<Record<string, string>>;
  /** Why the last save did not succeed, beyond single fields. */
  problem: Problem | null;
  change: (name: string, value: unknown) => void;
  /** The text cannot be read as a value. */
  misread: (name: string, text: string, problem: string) => void;
  /** Shows what is wrong with a field somebody leaves. */
  leave: (name: string) => void;
  /** @returns null where it was not saved: everything typed is still there then */
  save: (label: string) => Promise<SavedRow | null>;
  discard: () => void;
  /** Confidential values that were revealed: what the form shows from now on, and what an edit is based on. */
  reveal: (row: Record<string, unknown>) => void;
}

/** A form's values over a row (`null`: a new one), with validation by field. */
export function useDraft(
  owner: string,
  entity: Entity,
  stored: AnyRow | null,
  given?: Record<string, unknown>,
): DraftState {
  const rowId = stored?.id ?? null;
  const key = draftKey(owner, entity, rowId);
  const [revealed, setRevealed] = useState<Record<string, unknown>>({});
  const row = useMemo(() => (stored ? { ...stored, ...revealed } : null), [stored, revealed]);
  const reveal = useCallback(
    (found: Record<string, unknown>) =>
      setRevealed(
        Object.fromEntries(
          Object.entries(entity.fields).flatMap(([name, field]) =>
            field.kind === 'sensitive' ? [[name, found[name] ?? null] as const] : [],
          ),
        ),
      ),
    [entity],
  );
  const [draft, setDraft] = useState<Draft>(() => keptDraft(key) ?? draftOf(entity, stored, given));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);

  const update = useCallback(
    (next: (now: Draft) => Draft) =>
      setDraft((now) => {
        const then = next(now);
        if (rowId === null || Object.keys(then.values).length + Object.keys(then.unread).length > 0)
          keepDraft(key, then);
        else dropDraft(key);
        return then;
      }),
    [key, rowId],
  );

  const change = useCallback(
    (name: string, value: unknown) => {
      setRefused((now) => (name in now ? without(now, name) : now));
      update((now) => {
        const before = name in now.base ? now.base[name] : (row?.[name] ?? null);
        const unread = without(now.unread, name);
        if (row && isSame(value, before))
          return { ...now, unread, values: without(now.values, name), base: without(now.base, name) };
        const values = { ...now.values, [name]: value, ...(row ? {} : slugsFrom(entity, now, name, value)) };
        return { ...now, unread, values, base: row ? { ...now.base, [name]: before } : {} };
      });
    },
    [entity, row, update],
  );
  const misread = useCallback(
    (name: string, text: string, why: string) =>
      update((now) => ({ ...now, unread: { ...now.unread, [name]: { text, problem: why } } })),
    [update],
  );
  const leave = useCallback((name: string) => setLeft((now) => (now.has(name) ? now : new Set(now).add(name))), []);

  const values = useMemo(() => ({ ...row, ...draft.values }), [row, draft.values]);
  const found = useMemo(() => issuesOf(entity, row, draft), [entity, row, draft]);
  const issues = useMemo(() => {
    const shown: Record<string, string> = { ...refused };
    for (const { path, message } of found) if (left.has(path) || left.has(everything)) shown[path] = message;
    for (const [name, { problem: why }] of Object.entries(draft.unread))
      if (left.has(name) || left.has(everything)) shown[name] = why;
    return shown;
  }, [found, left, refused, draft.unread]);

  const discard = useCallback(() => {
    dropDraft(key);
    setDraft(draftOf(entity, row, given));
    setLeft(new Set());
    setRefused({});
    setProblem(null);
  }, [key, entity, row, given]);

  const save = async (label: string): Promise<SavedRow | null> => {
    setLeft(new Set([everything]));
    if (found.length > 0 || Object.keys(draft.unread).length > 0 || !isEntityName(entity.name)) return null;
    setSaving(true);
    setProblem(null);
    try {
      const { id, values: typed, base } = draft;
      const edit = row
        ? ({ op: 'update', entity: entity.name, id, values: typed, base } as const)
        : ({ op: 'insert', entity: entity.name, id, values: present(typed) } as const);
      const { mutationId } = await request('rows.save', { edits: [edit], label: label.slice(0, 200), via: 'form' });
      dropDraft(key);
      // What was revealed stays open, as it stands now; the row itself comes back masked.
      setRevealed((shown) => ({
        ...shown,
        ...Object.fromEntries(Object.entries(typed).filter(([name]) => name in shown)),
      }));
      setDraft(draftOf(entity, row, given));
      setLeft(new Set());
      return { id, mutationId };
    } catch (error) {
      const why = problemOf(error);
      const fields = why.kind === 'invalid' ? why.issues : [];
      setRefused(Object.fromEntries(fields.map(({ path, message }) => [path.split('.').at(-1) ?? path, message])));
      setProblem(why);
      return null;
    } finally {
      setSaving(false);
    }
  };

  const isDirty = row
    ? Object.keys(draft.values).length + Object.keys(draft.unread).length > 0
    : !isSame(draft.values, draftOf(entity, null, given).values) || Object.keys(draft.unread).length > 0;
  return {
    values,
    unread: draft.unread,
    isChanged: (name) => row !== null && (name in draft.values || name in draft.unread),
    isDirty,
    isSaving,
    issues,
    problem,
    change,
    misread,
    leave,
    save,
    discard,
    reveal,
  };
}

/** Among the fields left: all of them, once somebody tried to save. */
const everything = '*';

const without = <T>(record: Record<string, T>, name: string): Record<string, T> => {
  const { [name]: _gone, ...rest } = record;
  return rest;
};

const present = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );

function issuesOf(entity: Entity, row: AnyRow | null, { values, unread }: Draft): FieldIssue[] {
  const all = validateRow(entity, row ? values : present(values), row ? 'update' : 'insert');
  return all.filter(({ path }) => {
    const field = entity.fields[path];
    return !(path in unread) && (row !== null || !field || isAsked(field));
  });
}

/** While a slug says what its source said, it follows the source. */
function slugsFrom(entity: Entity, { values }: Draft, changed: string, value: unknown): Record<string, unknown> {
  const followed: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(entity.fields)) {
    if (field.kind !== 'slug' || field.options.from !== changed || typeof value !== 'string') continue;
    const before = typeof values[changed] === 'string' ? slugOf(values[changed]) : null;
    if (!values[name] || values[name] === before) followed[name] = value.trim() === '' ? null : slugOf(value);
  }
  return followed;
}
