import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutlineNode } from '../../../shared/contract/requests';
import { afterMove, dropOn, moveByKey, moveToNeighbour, type Move } from './outline-moves';
import { selectOne, selectSiblings, selectTo, stillThere, toggleOne } from './outline-selection';
import { childrenByParent, durationText, nodeById, visibleRows } from './outline-tree';

/** `[2, [3, 0]]`: two curricula's modules' lesson counts. */
function outlineOf(shape: readonly (readonly number[])[]): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  const node = (entity: OutlineNode['entity'], id: string, parentId: string, position: number): OutlineNode => ({
    entity,
    id,
    parentId,
    name: id,
    position,
    minutes: entity === 'lessons' ? 10 : 0,
    lessons: 0,
    state: entity === 'curricula' ? 'draft' : null,
    version: entity === 'curricula' ? 1 : null,
    mark: null,
  });
  shape.forEach((modules, c) => {
    const curriculum = node('curricula', `c${c + 1}`, 'course', c + 1);
    nodes.push(curriculum);
    modules.forEach((lessons, m) => {
      const module = node('modules', `${curriculum.id}.m${m + 1}`, curriculum.id, m + 1);
      nodes.push(module);
      for (let l = 0; l < lessons; l++) nodes.push(node('lessons', `${module.id}.l${l + 1}`, module.id, l + 1));
    });
  });
  return nodes;
}

const small = outlineOf([[3, 2], [1]]);
const ids = (nodes: readonly OutlineNode[]) => nodes.map((node) => node.id);
const under = (nodes: readonly OutlineNode[], parentId: string) => ids(childrenByParent(nodes).get(parentId) ?? []);

describe('what is shown', () => {
  test('rows are numbered by where they stand', () => {
    const numbers = visibleRows(small, new Set()).map((row) => row.number);
    expect(numbers).toEqual(['1', '1.1', '1.1.1', '1.1.2', '1.1.3', '1.2', '1.2.1', '1.2.2', '2', '2.1', '2.1.1']);
  });
  test('folding hides what lies below, at any depth', () => {
    const rows = visibleRows(small, new Set(['c1']));
    expect(rows.map((row) => row.node.id)).toEqual(['c1', 'c2', 'c2.m1', 'c2.m1.l1']);
    expect(rows[0]).toMatchObject({ isOpen: false, hasChildren: true, place: 1, of: 2 });
    expect(rows.map((row) => row.number)).toEqual(['1', '2', '2.1', '2.1.1']);
  });
  test('durations are written in hours from an hour on', () => {
    expect([0, 45, 60, 85, 605].map(durationText)).toEqual(['0', '45', '1 h 00', '1 h 25', '10 h 05']);
  });
  test('two thousand nodes are laid out in a few milliseconds', () => {
    const many = outlineOf([[...Array<number>(40).fill(50)]]);
    const started = performance.now();
    for (let turn = 0; turn < 10; turn++) visibleRows(many, new Set());
    expect((performance.now() - started) / 10).toBeLessThan(50);
  });
});

describe('moving by keys', () => {
  test('Alt+Up passes one sibling', () => {
    expect(moveByKey(small, ['c1.m1.l2'], 'up')).toMatchObject({ parentId: 'c1.m1', position: 1 });
  });
  test('Alt+Up at the top goes to the end of the module before', () => {
    expect(moveByKey(small, ['c1.m2.l1'], 'up')).toMatchObject({ parentId: 'c1.m1', position: 4 });
  });
  test('Alt+Down at the end goes to the start of the next module, in the next curriculum too', () => {
    expect(moveByKey(small, ['c1.m2.l2'], 'down')).toMatchObject({ parentId: 'c2.m1', position: 1 });
  });
  test('at the ends of the course there is nowhere to go', () => {
    expect(moveByKey(small, ['c1.m1.l1'], 'up')).toBeNull();
    expect(moveByKey(small, ['c2.m1.l1'], 'down')).toBeNull();
    expect(moveByKey(small, ['c1'], 'up')).toBeNull();
  });
  test('several move as one block and keep their order', () => {
    const move = moveByKey(small, ['c1.m1.l3', 'c1.m1.l1'], 'down');
    expect(move?.ids).toEqual(['c1.m1.l1', 'c1.m1.l3']);
    expect(under(afterMove(small, moveByKey(small, ['c1.m1.l2', 'c1.m1.l3'], 'up') as Move), 'c1.m1')).toEqual([
      'c1.m1.l2',
      'c1.m1.l3',
      'c1.m1.l1',
    ]);
  });
  test('Tab takes a lesson into the next module, Shift+Tab into the one before', () => {
    expect(moveToNeighbour(small, ['c1.m1.l1'], 'down')).toMatchObject({ parentId: 'c1.m2', position: 1 });
    expect(moveToNeighbour(small, ['c1.m2.l1'], 'up')).toMatchObject({ parentId: 'c1.m1', position: 4 });
    expect(moveToNeighbour(small, ['c1'], 'down')).toBeNull();
  });
  test('nodes of different kinds do not move together', () => {
    expect(moveByKey(small, ['c1.m1', 'c1.m1.l1'], 'down')).toBeNull();
  });
});

describe('dropping', () => {
  test('a lesson dropped on a module becomes its last', () => {
    expect(dropOn(small, ['c2.m1.l1'], 'c1.m1', 'upper')).toMatchObject({
      parentId: 'c1.m1',
      position: 4,
      line: { id: 'c1.m1', where: 'into' },
    });
  });
  test('a module dropped among lessons lands after the module they are in', () => {
    expect(dropOn(small, ['c2.m1'], 'c1.m1.l2', 'upper')).toMatchObject({
      parentId: 'c1',
      position: 2,
      line: { id: 'c1.m1', where: 'below' },
    });
  });
  test('a lesson does not drop on a curriculum, nor on itself, nor where it is', () => {
    expect(dropOn(small, ['c1.m1.l1'], 'c2', 'upper')).toBeNull();
    expect(dropOn(small, ['c1.m1.l1'], 'c1.m1.l1', 'lower')).toBeNull();
    expect(dropOn(small, ['c1.m1.l1'], 'c1.m1.l2', 'upper')).toBeNull();
  });
});

describe('selecting', () => {
  const rows = visibleRows(small, new Set());
  test('Shift takes what lies between, of the same kind', () => {
    const chosen = selectTo(selectOne('c1.m1.l2'), rows, 'c1.m2.l1');
    expect([...chosen.ids]).toEqual(['c1.m1.l2', 'c1.m1.l3', 'c1.m2.l1']);
    expect(chosen.focus).toBe('c1.m2.l1');
  });
  test('Ctrl adds, takes away, and begins anew with another kind', () => {
    const two = toggleOne(selectOne('c1.m1.l1'), rows, 'c2.m1.l1');
    expect(two.ids.size).toBe(2);
    expect(toggleOne(two, rows, 'c1.m1.l1').ids).toEqual(new Set(['c2.m1.l1']));
    expect(toggleOne(two, rows, 'c1').ids).toEqual(new Set(['c1']));
  });
  test('Ctrl+A takes the siblings', () => {
    expect(selectSiblings(selectOne('c1.m1.l1'), small).ids.size).toBe(3);
  });
  test('what a sync takes away leaves the rest selected and hands the focus on', () => {
    const gone = small.filter((node) => node.id !== 'c1.m1.l2');
    expect(stillThere(selectOne('c1.m1.l2'), rows, gone).focus).toBe('c1.m1.l3');
    expect(stillThere(selectOne('c1.m1.l1'), rows, gone)).toEqual(selectOne('c1.m1.l1'));
    expect(stillThere(selectOne('c1'), rows, []).focus).toBeNull();
  });
});

const shapes = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }), { minLength: 1, maxLength: 3 });
const scene = shapes.chain((shape) => {
  const nodes = outlineOf(shape);
  return fc.record({
    nodes: fc.constant(nodes),
    chosen: fc.constantFrom(...(['curricula', 'modules', 'lessons'] as const)).chain((kind) => {
      const ofKind = nodes.filter((node) => node.entity === kind).map((node) => node.id);
      return ofKind.length === 0
        ? fc.constant<string[]>([])
        : fc.uniqueArray(fc.constantFrom(...ofKind), { minLength: 1, maxLength: 4 });
    }),
  });
});

describe('whatever is moved', () => {
  test('no node is lost or doubled, positions have no gaps, and sums stay', () => {
    fc.assert(
      fc.property(scene, fc.array(fc.constantFrom('up', 'down', 'next', 'before'), { maxLength: 8 }), (at, keys) => {
        let nodes = at.nodes;
        for (const key of keys) {
          const direction = key === 'up' || key === 'before' ? 'up' : 'down';
          const step = key === 'up' || key === 'down' ? moveByKey : moveToNeighbour;
          const move = step(nodes, at.chosen, direction);
          if (move) nodes = afterMove(nodes, move);
        }
        expect([...ids(nodes)].sort()).toEqual([...ids(at.nodes)].sort());
        for (const held of childrenByParent(nodes).values())
          expect(held.map((node) => node.position)).toEqual(held.map((_, place) => place + 1));
        const byId = nodeById(nodes);
        const lessons = nodes.filter((node) => node.entity === 'lessons');
        for (const lesson of lessons) expect(byId.get(lesson.parentId)?.entity).toBe('modules');
      }),
    );
  });

  test('dragging gives the order that keys give', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom('up' as const, 'down' as const), ({ nodes, chosen }, direction) => {
        const move = moveByKey(nodes, chosen, direction);
        if (!move) return;
        const staying = under(nodes, move.parentId).filter((id) => !move.ids.includes(id));
        const after = staying[move.position - 2];
        const before = staying[move.position - 1];
        const drop =
          before !== undefined
            ? dropOn(nodes, chosen, before, 'upper')
            : after !== undefined
              ? dropOn(nodes, chosen, after, 'lower')
              : dropOn(nodes, chosen, move.parentId, 'upper');
        // A block that only gathers in place is no drop; everything else is the same order.
        const byKeys = ids(afterMove(nodes, move));
        expect(drop ? ids(afterMove(nodes, drop)) : ids(nodes)).toEqual(byKeys);
      }),
    );
  });

  test('up and then down brings a single node back', () => {
    fc.assert(
      fc.property(scene, ({ nodes, chosen }) => {
        const [one] = chosen;
        if (one === undefined) return;
        const up = moveByKey(nodes, [one], 'up');
        if (!up) return;
        const there = afterMove(nodes, up);
        const down = moveByKey(there, [one], 'down');
        expect(down && ids(afterMove(there, down))).toEqual(ids(nodes));
      }),
    );
  });
});
