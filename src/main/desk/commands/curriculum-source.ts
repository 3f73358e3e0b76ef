import type { Edit, Parsed, Saved } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import { newId, type AnyRow } from '../../../shared/model';
import { frozenText, isFrozen, versionText } from '../../../shared/rules/curriculum';
import { mergedNodes, type MergedNode } from '../../../shared/rules/curriculum-merge';
import { inOrder, type Placed } from '../../../shared/rules/order';
import type { VersionNode } from '../../../shared/rules/curriculum-diff';
import { whyNot } from '../../../shared/rules/permit';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { sourceOf } from '../queries/curriculum-source';
import { versionNodes } from '../queries/curriculum-versions';
import { siblingsOf } from '../queries/siblings';
import { commit } from './commit';
import { deleteOps, renumberOps } from './delete-ops';
import { conflict, forbidden, notFound } from './refuse';
import { opsFor } from './save-rows';

const parentField = { modules: 'curriculumId', lessons: 'moduleId' } as const;

/** Takes changes of its source into a draft as ordinary edits; from then on it counts as made from the newer version. */
export function adoptChanges(context: CommandContext, input: Parsed<'curriculum.adopt'>): Saved {
  const draft = readRow(context.db, 'curricula', input.curriculumId);
  if (!draft) throw notFound('This curriculum is no longer there. Somebody may have deleted it meanwhile.');
  const reason = whyNot(context.session, entityOf('curricula'), 'update', draft);
  if (reason) throw forbidden(reason);
  const version = { name: String(draft['name']), version: Number(draft['version']) };
  if (isFrozen(draft['state'])) throw conflict(frozenText({ ...version, state: String(draft['state']) }));
  const source = sourceOf(context.db, draft);
  if (source?.newest.id !== input.sourceId)
    throw conflict('The source has changed again meanwhile. Look at its changes once more, then take them.');
  const [base, mine, theirs] = [source.base, draft, source.newest].map((row) => versionNodes(context.db, row.id));
  const merged = identified(context, mergedNodes(base!, mine!, theirs!, new Set(input.take)));
  const advance: Edit = { op: 'update', entity: 'curricula', id: draft.id, values: { sourceId: source.newest.id } };
  const ops = [
    ...opsFor(context, [advance, ...insertsOf(draft, merged), ...updatesOf(draft, merged, mine!)]),
    ...removals(context, merged, mine!),
    ...numbering(context, draft, merged),
  ];
  const label = `Take ${input.take.length === 1 ? 'one change' : `${input.take.length} changes`} of “${String(source.base['name'])}” into ${versionText(version)}`;
  const saved = commit(context, { label: label.slice(0, 200), via: 'source', ops });
  return { ...saved, ids: [draft.id] };
}

/** A merged node with its row, the row it lies in and its position. */
interface Standing extends MergedNode {
  rowId: string;
  parentId: string | null;
  position: number;
}

function identified(context: CommandContext, merged: readonly MergedNode[]): Standing[] {
  const rows = new Map(merged.map(({ key, id }) => [key, id ?? newId(context.now())]));
  const counts = new Map<string, number>();
  return merged.map((node) => {
    const position = (counts.get(node.parentKey) ?? 0) + 1;
    counts.set(node.parentKey, position);
    return { ...node, rowId: rows.get(node.key)!, parentId: rows.get(node.parentKey) ?? null, position };
  });
}

const insertsOf = (draft: AnyRow, merged: readonly Standing[]): Edit[] =>
  merged
    .filter(({ id }) => id === null)
    .map(({ kind, key, rowId, parentId, name, content, position }) => ({
      ...{ op: 'insert', entity: kind, id: rowId },
      values: {
        ...{ programId: draft['programId'], [parentField[kind]]: parentId ?? draft.id },
        ...{ ...content, name, sequenceOrder: position, lineageId: key },
      },
    }));

function updatesOf(draft: AnyRow, merged: readonly Standing[], mine: readonly VersionNode[]): Edit[] {
  const before = new Map(mine.map((node) => [node.id, node]));
  return merged.flatMap(({ kind, id, parentId, isPlaced, name, content, position }): Edit[] => {
    if (id === null) return [];
    const was = before.get(id)!;
    const fields = Object.keys(content).filter((field) => (content[field] ?? null) !== (was.content[field] ?? null));
    const values = {
      ...(name === was.name ? {} : { name }),
      ...Object.fromEntries(fields.map((field) => [field, content[field] ?? null])),
      ...(isPlaced ? { [parentField[kind]]: parentId ?? draft.id, sequenceOrder: position } : {}),
    };
    return Object.keys(values).length > 0 ? [{ op: 'update', entity: kind, id, values }] : [];
  });
}

/** What is gone, lessons before modules. A module is empty by then: what was in it has gone too, or has moved out. */
function removals(context: CommandContext, merged: readonly Standing[], mine: readonly VersionNode[]): LocalOp[] {
  const kept = new Set(merged.map(({ rowId }) => rowId));
  return (['lessons', 'modules'] as const).flatMap((kind) => {
    const ids = mine.filter((node) => node.kind === kind && !kept.has(node.id)).map(({ id }) => id);
    const asked = new Set(ids);
    const ops = ids.length > 0 ? deleteOps(context, kind, ids) : [];
    return ops.filter(({ op, id }) => op === 'delete' && asked.has(id));
  });
}

/** The rows that only make room or close up, as the server will number them. */
function numbering(context: CommandContext, draft: AnyRow, merged: readonly Standing[]): LocalOp[] {
  const groups = Map.groupBy(merged, ({ parentId }) => parentId);
  return [...groups].flatMap(([parentId, nodes]) => {
    const { kind } = nodes[0]!;
    const group = { programId: draft['programId'], [parentField[kind]]: parentId ?? draft.id };
    const own = new Set(nodes.filter(({ id, isPlaced }) => id !== null && !isPlaced).map(({ rowId }) => rowId));
    const siblings: Placed[] = inOrder(siblingsOf(context.db, kind, group));
    const order = nodes.map(({ rowId }) => rowId);
    return renumberOps(kind, 'sequenceOrder', siblings, order).filter(({ id }) => own.has(id));
  });
}
