/**
 * What came back and waits for its person: fields that two people changed, and changes the server did not accept, in words.
 *
 * Invariant: nothing here blocks anything; what a person typed is shown as they typed it, beside what stands now.
 */
import type { NeedsYou, RowClash } from '../../../shared/contract/needs-you';
import { isClash, type Clash, type FieldConflict, type RefusalDetail } from '../../../shared/contract/wire';
import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import { wordsFor, type RefusalWords } from '../../../shared/rules/refusals';
import type { Readable } from '../local/handles';
import { needsYouList, type Entry } from '../local/outbox';
import { readRow } from '../local/rows';
import { titleOf } from '../queries/titles';
import { whoCould } from '../queries/who-could';

/** Codes this desk files itself, without asking the server. */
const ownWords: Record<string, RefusalWords> = {
  'too-large': {
    message: 'This change is larger than the server takes at once.',
    next: 'Make it again in smaller parts, then let this one go.',
  },
};

export function needsYou(db: Readable): NeedsYou[] {
  const entries = needsYouList(db);
  const causes = causesOf(entries);
  return entries.map((entry) => ({ ...explain(db, entry), dependsOn: causes.get(entry.mutationId) ?? null }));
}

/** Which change came back because an earlier one did: what it adds to or changes was to be added by that. */
function causesOf(entries: readonly Entry[]): Map<string, string> {
  const addedBy = new Map<string, Entry>();
  for (const entry of entries) for (const op of entry.ops) if (op.op === 'insert') addedBy.set(op.id, entry);
  const causes = new Map<string, string>();
  for (const { mutationId, position, ops } of entries) {
    const cause = ops
      .flatMap(({ id, patch }) => [id, ...Object.values(patch ?? {})])
      .map((value) => (typeof value === 'string' ? addedBy.get(value) : undefined))
      .find((entry) => entry && entry.position < position);
    if (cause) causes.set(mutationId, cause.mutationId);
  }
  return causes;
}

export function explain(db: Readable, entry: Entry): NeedsYou {
  const { mutationId, at, label, ops, result, state } = entry;
  const known = ops.filter((op): op is typeof op & { entity: EntityName } => isEntityName(op.entity));
  const shown = known.filter(({ implied }) => !implied);
  const found = result?.conflicts ?? [];
  const nameOfUser = (id: string | null, told?: string | null): string | null =>
    (id === null ? null : nameOf(db, 'users', id, []) || null) ?? told ?? null;
  const clashes = found.filter(isClash).flatMap((clash) => clashOf(db, clash, known, nameOfUser));
  const refusal = result?.refusal ? inWords(db, result.refusal, known) : null;
  const mayNot = clashes.some((clash) => clash.kind !== 'changed' && clash.restore.some(({ needs }) => needs !== null));
  return {
    mutationId,
    at,
    label,
    kind: state === 'conflict' ? 'conflict' : 'refused',
    conflicts: found
      .filter((one): one is FieldConflict => !isClash(one))
      .map((conflict) => ({
        ...conflict,
        title: nameOf(db, conflict.entity, conflict.id, known),
        theirsName: nameOfUser(conflict.theirsBy, conflict.theirsName),
      })),
    clashes,
    refusal,
    rows: shown.map(({ entity, id, op, patch }) => ({
      entity,
      id,
      title: nameOf(db, entity, id, known) || (clashes.find((clash) => clash.id === id)?.title ?? ''),
      op,
      values: patch ?? {},
    })),
    dependsOn: null,
    ask: refusal || mayNot ? whoCould(db, programsOf(db, known)) : [],
  };
}

/** The programs a change is about. */
function programsOf(db: Readable, ops: readonly WantedRow[]): string[] {
  const all = ops.flatMap(({ entity, id, patch }) => {
    const program = patch?.['programId'] ?? readRow(db, entity, id)?.['programId'];
    return typeof program === 'string' ? [program] : [];
  });
  return [...new Set(all)];
}

/** Names are this desk's where it holds the row, the server's where it does not. */
function clashOf(
  db: Readable,
  clash: Clash,
  known: readonly (WantedRow & { op: string })[],
  nameOfUser: (id: string | null, told?: string | null) => string | null,
): RowClash[] {
  const { entity, id } = clash;
  if (!isEntityName(entity)) return [];
  const named = (one: { entity: string; id: string; title: string }): string =>
    (isEntityName(one.entity) && titleOf(db, one.entity, one.id)) || one.title;
  const theirs = {
    theirsBy: clash.theirsBy,
    theirsAt: clash.theirsAt,
    theirsName: nameOfUser(clash.theirsBy, clash.theirsName),
  };
  const head = { entity, id, title: named(clash), ...theirs };
  if (clash.clash === 'changed') {
    const news = clash.news.flatMap((one) =>
      isEntityName(one.entity)
        ? [
            {
              ...one,
              entity: one.entity,
              title: named(one),
              byName: nameOfUser(one.by, one.byName),
              fields: labelsOf(one.entity, one.fields),
            },
          ]
        : [],
    );
    return [{ ...head, kind: 'changed', news, total: clash.total }];
  }
  const restore = clash.restore.flatMap((one) =>
    isEntityName(one.entity) ? [{ ...one, entity: one.entity, title: named(one) }] : [],
  );
  return [{ ...head, kind: known.some((op) => op.id === id) ? 'gone' : 'parent-gone', restore }];
}

const labelsOf = (entity: EntityName, fields: readonly string[]): string[] =>
  fields.map((field) => entityOf(entity).fields[field]?.options.label ?? field);

interface WantedRow {
  entity: EntityName;
  id: string;
  patch?: Record<string, unknown>;
}

/** What people call a row. One that never came to be (a refused insert) is called what its person called it. */
export function nameOf(db: Readable, entity: string, id: string, wanted: readonly WantedRow[]): string {
  if (!isEntityName(entity)) return '';
  const here = titleOf(db, entity, id);
  if (here !== '') return here;
  const patch = wanted.find((row) => row.entity === entity && row.id === id)?.patch ?? {};
  const { title, fields } = entityOf(entity);
  return title
    .flatMap((field) => {
      const value = patch[field];
      if (typeof value !== 'string') return [];
      const declared = fields[field];
      const to = declared?.kind === 'reference' ? declared.options.to : null;
      const text = to !== null && isEntityName(to) ? titleOf(db, to, value) : value;
      return text === '' ? [] : [text];
    })
    .join(' ');
}

function inWords(db: Readable, refusal: RefusalDetail, wanted: readonly WantedRow[]): NonNullable<NeedsYou['refusal']> {
  const words =
    ownWords[refusal.code] ?? wordsFor(refusal, { titleOf: (entity, id) => nameOf(db, entity, id, wanted) });
  return { ...refusal, ...words };
}
