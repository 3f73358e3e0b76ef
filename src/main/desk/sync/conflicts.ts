/**
 * What came back and waits for its person: fields that two people changed, and changes the server did not accept, in words.
 *
 * Invariant: nothing here blocks anything; what a person typed is shown as they typed it, beside what stands now.
 */
import type { NeedsYou } from '../../../shared/contract/requests';
import type { RefusalDetail } from '../../../shared/contract/wire';
import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import { wordsFor, type RefusalWords } from '../../../shared/rules/refusals';
import type { Readable } from '../local/handles';
import { needsYouList, type Entry } from '../local/outbox';
import { titleOf } from '../queries/titles';

/** Codes this desk files itself, without asking the server. */
const ownWords: Record<string, RefusalWords> = {
  'too-large': {
    message: 'This change is larger than the server takes at once.',
    next: 'Make it again in smaller parts, then let this one go.',
  },
};

export const needsYou = (db: Readable): NeedsYou[] => needsYouList(db).map((entry) => explain(db, entry));

export function explain(db: Readable, entry: Entry): NeedsYou {
  const { mutationId, at, label, ops, result, state } = entry;
  const known = ops.filter((op): op is typeof op & { entity: EntityName } => isEntityName(op.entity));
  return {
    mutationId,
    at,
    label,
    kind: state === 'conflict' ? 'conflict' : 'refused',
    conflicts: (result?.conflicts ?? []).map((conflict) => ({
      ...conflict,
      title: nameOf(db, conflict.entity, conflict.id, known),
      theirsName: conflict.theirsBy === null ? null : nameOf(db, 'users', conflict.theirsBy, []) || null,
    })),
    refusal: result?.refusal ? inWords(db, result.refusal, known) : null,
    rows: known.map(({ entity, id, op, patch }) => ({
      entity,
      id,
      title: nameOf(db, entity, id, known),
      op,
      values: patch ?? {},
    })),
  };
}

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
