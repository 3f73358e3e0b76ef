import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionChanges, type VersionNode } from './curriculum-diff';
import { mergedNodes, sourceChanges, type MergedNode } from './curriculum-merge';

const node = (key: string, parentKey: string, name = key, text: string | null = null): VersionNode => ({
  ...{ key, id: `${key}-row`, parentKey, name },
  kind: parentKey === '' ? 'modules' : 'lessons',
  content: { description: text },
});
const base = [node('A', ''), node('a1', 'A'), node('a2', 'A'), node('a3', 'A'), node('B', ''), node('b1', 'B')];
const seen = (nodes: readonly (VersionNode | MergedNode)[]): string[] =>
  nodes.map(({ key, parentKey, name, content }) => `${parentKey}/${key} ${name} ${String(content['description'])}`);
const all = (changes: readonly { key: string }[]): Set<string> => new Set(changes.map(({ key }) => key));
const keysOf = (nodes: readonly { key: string }[]): string[] => nodes.map(({ key }) => key);

/** One edit of a tree: numbers choose what, so that any numbers make a valid edit. */
interface Edit {
  what: 'rename' | 'text' | 'add' | 'add module' | 'remove' | 'remove module' | 'move' | 'move module';
  at: number;
  to: number;
}
const edit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom('rename', 'text', 'add', 'add module', 'remove', 'remove module', 'move', 'move module'),
  at: fc.nat(1000),
  to: fc.nat(1000),
});

interface Branch {
  module: VersionNode;
  lessons: VersionNode[];
}
const branchesOf = (nodes: readonly VersionNode[]): Branch[] =>
  nodes
    .filter(({ kind }) => kind === 'modules')
    .map((module) => ({ module, lessons: nodes.filter(({ parentKey }) => parentKey === module.key) }));
const flat = (branches: readonly Branch[]): VersionNode[] =>
  branches.flatMap(({ module, lessons }) => [
    module,
    ...lessons.map((lesson) => ({ ...lesson, parentKey: module.key })),
  ]);

function edited(nodes: readonly VersionNode[], edits: readonly Edit[], side: string): VersionNode[] {
  let now = [...nodes];
  edits.forEach(({ what, at, to }, n) => {
    const branches = branchesOf(now);
    const from = branches[at % Math.max(1, branches.length)];
    const into = branches[to % Math.max(1, branches.length)];
    const chosen = now[at % Math.max(1, now.length)];
    const key = `${side}${n}`;
    if (what === 'rename' || what === 'text') {
      now = now.map((one) =>
        one !== chosen
          ? one
          : what === 'rename'
            ? { ...one, name: `${side} named ${n}` }
            : { ...one, content: { description: `${side} wrote ${n}` } },
      );
      return;
    }
    if (what === 'add module') branches.splice(to % (branches.length + 1), 0, { module: node(key, ''), lessons: [] });
    else if (!from || !into) return;
    else if (what === 'add') into.lessons.splice(at % (into.lessons.length + 1), 0, node(key, into.module.key));
    else if (what === 'remove') from.lessons.splice(to % Math.max(1, from.lessons.length), 1);
    else if (what === 'remove module') branches.splice(branches.indexOf(from), 1);
    else if (what === 'move module') {
      branches.splice(branches.indexOf(from), 1);
      branches.splice(to % (branches.length + 1), 0, from);
    } else {
      const [lesson] = from.lessons.splice(to % Math.max(1, from.lessons.length), 1);
      if (lesson) into.lessons.splice(at % (into.lessons.length + 1), 0, lesson);
    }
    now = flat(branches);
  });
  return now;
}

const tree: fc.Arbitrary<VersionNode[]> = fc
  .array(fc.nat(5), { minLength: 1, maxLength: 6 })
  .map((sizes) =>
    sizes.flatMap((size, m) => [
      node(`m${m}`, ''),
      ...Array.from({ length: size }, (_, l) => node(`m${m}l${l}`, `m${m}`)),
    ]),
  );
const edits = fc.array(edit, { maxLength: 6 });
const sides = fc.record({ tree, mine: edits, theirs: edits }).map(({ tree: start, mine, theirs }) => ({
  start,
  mine: edited(start, mine, 'x'),
  theirs: edited(start, theirs, 'y'),
}));

describe('merging what a source changed into its copy', () => {
  it('takes nothing that was not chosen', () => {
    fc.assert(
      fc.property(sides, ({ start, mine, theirs }) => {
        expect(seen(mergedNodes(start, mine, theirs, new Set()))).toEqual(seen(mine));
      }),
    );
  });

  it('gives the source where everything is taken and the copy changed nothing', () => {
    fc.assert(
      fc.property(sides, ({ start, theirs }) => {
        const changes = sourceChanges(start, start, theirs);
        expect(changes.filter(({ conflict, held }) => conflict ?? held)).toEqual([]);
        expect(seen(mergedNodes(start, start, theirs, all(changes)))).toEqual(seen(theirs));
      }),
      { numRuns: 500 },
    );
  });

  it('loses and doubles no node, whatever is taken', () => {
    fc.assert(
      fc.property(sides, fc.func(fc.boolean()), ({ start, mine, theirs }, isTaken) => {
        const changes = sourceChanges(start, mine, theirs);
        const take = all(changes.filter(({ key }) => isTaken(key)));
        const merged = mergedNodes(start, mine, theirs, take);
        const keys = keysOf(merged);
        expect(new Set(keys).size).toBe(keys.length);
        const gone = new Set(changes.filter(({ key, removed }) => removed && take.has(key)).map(({ key }) => key));
        for (const key of keysOf(mine)) if (!gone.has(key)) expect(keys).toContain(key);
        for (const { key, removed } of changes) if (take.has(key) && !removed) expect(keys).toContain(key);
        const parents = new Set(keysOf(merged.filter(({ kind }) => kind === 'modules')));
        for (const { kind, parentKey } of merged) if (kind === 'lessons') expect(parents).toContain(parentKey);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same both ways round where nothing conflicts', () => {
    fc.assert(
      fc.property(sides, ({ start, mine, theirs }) => {
        const [there, here] = [sourceChanges(start, mine, theirs), sourceChanges(start, theirs, mine)];
        fc.pre([...there, ...here].every(({ conflict, held }) => (conflict ?? held) === undefined));
        expect(seen(mergedNodes(start, mine, theirs, all(there)))).toEqual(
          seen(mergedNodes(start, theirs, mine, all(here))),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('sees a conflict from both sides', () => {
    fc.assert(
      fc.property(sides, ({ start, mine, theirs }) => {
        const isOpen = ({ conflict, held }: { conflict?: string; held?: string }) => (conflict ?? held) !== undefined;
        expect(sourceChanges(start, mine, theirs).some(isOpen)).toBe(sourceChanges(start, theirs, mine).some(isOpen));
      }),
      { numRuns: 500 },
    );
  });

  it('has nothing left to offer once everything is taken', () => {
    fc.assert(
      fc.property(sides, ({ start, theirs }) => {
        const merged = mergedNodes(start, start, theirs, all(sourceChanges(start, start, theirs)));
        const taken = merged.map((one): VersionNode => ({ ...one, id: one.key }));
        expect(sourceChanges(theirs, taken, theirs)).toEqual([]);
      }),
    );
  });

  it('knows a move as a move, renamed or not, and keeps what the copy changed of the node', () => {
    const theirs = [node('A', ''), node('a1', 'A'), node('a3', 'A'), node('B', ''), node('a2', 'B', 'Deep'), base[5]!];
    const mine = base.map((one) => (one.key === 'a2' ? { ...one, content: { description: 'Mine' } } : one));
    const changes = sourceChanges(base, mine, theirs);
    expect(changes).toMatchObject([{ key: 'a2', moved: { from: { parent: 'A' }, to: { parent: 'B' } }, renamed: {} }]);
    expect(changes[0]).not.toHaveProperty('conflict');
    expect(seen(mergedNodes(base, mine, theirs, new Set(['a2'])))).toContain('B/a2 Deep Mine');
    expect(versionChanges(mine, mergedNodes(base, mine, theirs, new Set(['a2'])) as VersionNode[])).toHaveLength(1);
  });

  it('asks where both changed the same, and says what was done here', () => {
    const renamed = (name: string) => base.map((one) => (one.key === 'a1' ? { ...one, name } : one));
    expect(sourceChanges(base, renamed('Mine'), renamed('Theirs'))).toMatchObject([
      { key: 'a1', conflict: 'Here it was renamed to “Mine”.' },
    ]);
    expect(sourceChanges(base, renamed('Alike'), renamed('Alike'))).toEqual([]);
    const without = base.filter(({ key }) => key !== 'a1');
    expect(sourceChanges(base, without, renamed('Theirs'))).toMatchObject([{ conflict: 'Deleted here.' }]);
    expect(seen(mergedNodes(base, without, renamed('Theirs'), new Set(['a1'])))[1]).toBe('A/a1 Theirs null');
    expect(sourceChanges(base, renamed('Mine'), without)).toMatchObject([
      { removed: true, conflict: expect.stringContaining('renamed') as unknown },
    ]);
  });

  it('keeps a module that something of the copy was put into', () => {
    const mine = [...base, node('new', 'B')];
    const theirs = base.filter(({ key, parentKey }) => key !== 'B' && parentKey !== 'B');
    const changes = sourceChanges(base, mine, theirs);
    expect(changes.find(({ key }) => key === 'B')?.held).toMatch(/“new” was put into it/);
    expect(keysOf(mergedNodes(base, mine, theirs, all(changes)))).toEqual(['A', 'a1', 'a2', 'a3', 'B', 'new']);
  });
});
