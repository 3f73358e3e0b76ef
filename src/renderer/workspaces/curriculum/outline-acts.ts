import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Outline, OutlineNode } from '../../../shared/contract/requests';
import { problemOf, request } from '../../client/request';
import { confirm } from '../../ui/confirm';
import { notify } from '../../ui/notify';
import { afterMove, type Move } from './outline-moves';
import type { Place } from './outline-places';
import { countOf } from './outline-tree';
import { blockersText, contentsText } from './removal-words';

export interface OutlineActs {
  /** @returns the new node's id, or null where it was refused: that has then been said */
  add: (place: Place, name: string) => Promise<string | null>;
  rename: (node: OutlineNode, name: string) => Promise<boolean>;
  /** Shows at once; goes back where the desk refuses. */
  move: (move: Move) => Promise<boolean>;
  /** Says what goes with it and offers the way back. */
  remove: (nodes: readonly OutlineNode[]) => Promise<boolean>;
}

const quoted = (name: string): string => `“${name.length > 60 ? `${name.slice(0, 60)}…` : name}”`;
export const namesOf = (nodes: readonly OutlineNode[]): string => {
  const [first] = nodes;
  return first && nodes.length === 1 ? quoted(first.name) : countOf(first?.entity ?? 'lessons', nodes.length);
};

/** The orders the outline gives to the desk. */
export function useOutlineActs(courseId: string): OutlineActs {
  const cache = useQueryClient();
  return useMemo(() => {
    const key = ['curriculum.outline', { courseId }];
    const change = async (next: (now: OutlineNode[]) => OutlineNode[]) => {
      // An answer that is under way knows nothing of this change yet, and would put everything back for a moment.
      await cache.cancelQueries({ queryKey: key });
      cache.setQueryData<Outline>(key, (now) => now && { ...now, nodes: next(now.nodes) });
    };
    const refused = (error: unknown): false => {
      notify.problem(problemOf(error));
      void cache.invalidateQueries({ queryKey: key });
      return false;
    };
    return {
      async add({ entity, parentId, position }, name) {
        try {
          const { ids } = await request('curriculum.add', { entity, parentId, position, values: { name } });
          await cache.invalidateQueries({ queryKey: key });
          return ids[0] ?? null;
        } catch (error) {
          refused(error);
          return null;
        }
      },
      async rename(node, name) {
        if (name === node.name) return true;
        try {
          await change((nodes) => nodes.map((one) => (one.id === node.id ? { ...one, name } : one)));
          await request('rows.save', {
            edits: [{ op: 'update', entity: node.entity, id: node.id, values: { name }, base: { name: node.name } }],
            label: `Rename ${quoted(node.name)} to ${quoted(name)}`,
          });
          return true;
        } catch (error) {
          return refused(error);
        }
      },
      async move(move) {
        try {
          await change((nodes) => afterMove(nodes, move));
          await request('curriculum.move', {
            entity: move.entity,
            ids: move.ids,
            parentId: move.parentId,
            position: move.position,
          });
          return true;
        } catch (error) {
          return refused(error);
        }
      },
      async remove(nodes) {
        const [first] = nodes;
        if (!first) return false;
        const { entity } = first;
        const ids = nodes.map((node) => node.id);
        const what = namesOf(nodes);
        try {
          const removal = await request('rows.removal', { entity, ids });
          if (removal.blockers.length > 0) {
            const body = blockersText(removal.blockers);
            await confirm({ title: `${what} cannot be deleted yet`, body, action: 'Close' });
            return false;
          }
          const { mutationId } = await request('rows.save', {
            edits: ids.map((id) => ({ op: 'delete' as const, entity, id })),
            label: `Delete ${what}`,
          });
          const gone = new Set(ids);
          await change((now) => withoutBranches(now, gone));
          notify.done(`Deleted ${what}${contentsText(removal.contents)}.`, { undo: () => undo(mutationId) });
          return true;
        } catch (error) {
          return refused(error);
        }
      },
    };
  }, [cache, courseId]);
}

function undo(id: string): void {
  request('history.undo', { id }).then(
    ({ label }) => notify.info(label === null ? 'There was nothing left to undo.' : `Undone: ${label}`),
    (error: unknown) => notify.problem(problemOf(error)),
  );
}

function withoutBranches(nodes: OutlineNode[], gone: ReadonlySet<string>): OutlineNode[] {
  const away = new Set(gone);
  for (const node of nodes) if (away.has(node.parentId)) away.add(node.id);
  return nodes.filter((node) => !away.has(node.id));
}
