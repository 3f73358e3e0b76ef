import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versionChanges, type VersionNode } from './curriculum-diff';

/** `A: a b c` and so on: modules with their lessons. */
function version(text: string): VersionNode[] {
  return text.split('\n').flatMap((line) => {
    const [module, lessons = ''] = line.trim().split(/:\s*/);
    const node = (key: string, kind: VersionNode['kind'], parentKey: string): VersionNode => {
      const [id, name = id] = key.split('=');
      return { key: id!, id: `${id}-row`, kind, parentKey, name: name!, content: {} };
    };
    return [
      node(module!, 'modules', ''),
      ...lessons
        .split(/\s+/)
        .filter(Boolean)
        .map((key) => node(key, 'lessons', module!.split('=')[0]!)),
    ];
  });
}
const told = (before: string, after: string): string[] =>
  versionChanges(version(before), version(after)).map(({ key, added, removed, moved, renamed }) =>
    [
      key,
      added && 'added',
      removed && 'removed',
      moved &&
        `moved ${moved.from.parent || 'top'} ${moved.from.position} to ${moved.to.parent || 'top'} ${moved.to.position}`,
      renamed && `renamed from ${renamed.from}`,
    ]
      .filter(Boolean)
      .join(' '),
  );

describe('what differs between two versions', () => {
  test('nothing, where nothing does', () => {
    expect(told('A: a b\nB: c', 'A: a b\nB: c')).toEqual([]);
  });

  test('one lesson taken to another place is one move, not a row of them', () => {
    expect(told('A: a b c d e', 'A: e a b c d')).toEqual(['e moved A 5 to A 1']);
    expect(told('A: a b c d e', 'A: b c d a e')).toEqual(['a moved A 1 to A 4']);
  });

  test('a lesson in another module is moved, not removed and added', () => {
    expect(told('A: a b\nB: c', 'A: a\nB: c b')).toEqual(['b moved A 2 to B 2']);
  });

  test('adding and removing move nobody', () => {
    expect(told('A: a b c', 'A: x a c')).toEqual(['x added', 'b removed']);
  });

  test('a rename and a move at once are told of one node', () => {
    expect(told('A: a b c', 'A: c=Float a b')).toEqual(['c moved A 3 to A 1 renamed from c']);
  });

  test('a whole module that moves takes its lessons along without a word', () => {
    expect(told('A: a\nB: b\nC: c', 'C: c\nA: a\nB: b')).toEqual(['C moved top 3 to top 1']);
  });

  test('what is written in a lesson', () => {
    const [before, after] = [version('A: a'), version('A: a')];
    after[1]!.content = { durationMinutes: 30 };
    expect(versionChanges(before, after)).toMatchObject([
      { key: 'a', edited: [{ field: 'durationMinutes', from: null, to: 30 }] },
    ]);
  });
});

describe('for any two versions', () => {
  const tree = fc
    .uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 })
    .chain((keys) =>
      fc.tuple(fc.constant(keys), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 20 })),
    )
    .map(([keys, modules]): VersionNode[] =>
      [0, 1, 2, 3].flatMap((module) => [
        {
          key: `M${module}`,
          id: `M${module}`,
          kind: 'modules' as const,
          parentKey: '',
          name: `M${module}`,
          content: {},
        },
        ...keys
          .filter((_, at) => modules[at] === module)
          .map((key) => ({
            ...{ key: `l${key}`, id: `l${key}`, kind: 'lessons' as const, parentKey: `M${module}` },
            ...{ name: `l${key}`, content: {} },
          })),
      ]),
    );

  test('every node that is new, gone or elsewhere is told exactly once, and only those that kept their neighbours are not', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const changes = versionChanges(before, after);
        const keys = changes.map((change) => change.key);
        expect(new Set(keys).size).toBe(keys.length);
        const [was, is] = [new Map(before.map((n) => [n.key, n])), new Map(after.map((n) => [n.key, n]))];
        expect(
          changes
            .filter((c) => c.added)
            .map((c) => c.key)
            .sort(),
        ).toEqual([...is.keys()].filter((key) => !was.has(key)).sort());
        expect(
          changes
            .filter((c) => c.removed)
            .map((c) => c.key)
            .sort(),
        ).toEqual([...was.keys()].filter((key) => !is.has(key)).sort());
        for (const [key, node] of is)
          if (was.has(key) && was.get(key)!.parentKey !== node.parentKey)
            expect(changes.find((change) => change.key === key)?.moved).toBeDefined();
        // What is not told has the order it had.
        const quiet = (nodes: VersionNode[]): string[] =>
          nodes
            .filter((n) => was.has(n.key) && is.has(n.key) && !keys.includes(n.key))
            .map((n) => `${n.parentKey} ${n.key}`);
        expect(quiet(after)).toEqual(quiet(before));
      }),
    );
  });
});
