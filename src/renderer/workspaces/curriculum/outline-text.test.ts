import { describe, expect, it } from 'vitest';
import type { OutlineNode } from '../../../shared/contract/requests';
import { asLessons, asModules, isList, outlineText, readOutline } from './outline-text';
import { matchingRows } from './outline-tree';
import { syllabusMarkdown } from './syllabus-text';

const node = (id: string, parentId: string, entity: OutlineNode['entity'], name: string, minutes = 0): OutlineNode => ({
  ...{ id, parentId, entity, name, minutes, position: 1, lessons: 0, state: null, version: null, mark: null },
});
const nodes = [
  node('c', 'course', 'curricula', 'Main', 50),
  node('m', 'c', 'modules', 'Water', 50),
  node('l1', 'm', 'lessons', 'Breathing', 20),
  node('l2', 'm', 'lessons', 'Floating', 30),
  node('n', 'c', 'modules', 'Strokes'),
];

describe('an outline as text', () => {
  it('goes out with a tab for every level, and comes back as it was', () => {
    const text = outlineText(nodes, new Set(['m', 'n']));
    expect(text).toBe('Water\n\tBreathing (20 min)\n\tFloating (30 min)\nStrokes');
    const lessons = [
      { name: 'Breathing', minutes: 20 },
      { name: 'Floating', minutes: 30 },
    ];
    const modules = [
      { name: 'Water', lessons },
      { name: 'Strokes', lessons: [] },
    ];
    expect(asModules(readOutline(text))).toEqual(modules);
    expect(asModules(readOutline(outlineText(nodes, new Set(['c']))))).toEqual(modules);
  });

  it('is read from dashes, numbers, headings and spaces, whatever was typed elsewhere', () => {
    const wanted = [
      { name: 'Water', lessons: [{ name: 'Breathing', minutes: 20 }] },
      { name: 'Strokes', lessons: [{ name: '3 kicks', minutes: null }] },
    ];
    for (const text of [
      '- Water\n  - Breathing 20 min\n- Strokes\n  - 3 kicks',
      '# Water\n\n* Breathing (20 min)\r\n\n# Strokes\n* 3 kicks\n',
      '1. Water\n   1.1 Breathing [20 minutes]\n2. Strokes\n   1) 3 kicks',
    ])
      expect(asModules(readOutline(text))).toEqual(wanted);
  });

  it('of one level is a list, and what lies deeper than lessons becomes lessons too', () => {
    expect(isList(readOutline('One\nTwo'))).toBe(true);
    const deep = readOutline('A\n\tB\n\t\tC\nD');
    expect(isList(deep)).toBe(false);
    expect(asModules(deep)[0]?.lessons.map(({ name }) => name)).toEqual(['B', 'C']);
    expect(asLessons(deep)).toHaveLength(4);
    expect(readOutline(' \n\t\n')).toEqual([]);
  });
});

it('the filter shows what holds the words and what that lies in, and counts only the first', () => {
  const { rows, found } = matchingRows(nodes, 'FLO');
  expect(rows.map((row) => [row.node.id, row.number, row.hasChildren])).toEqual([
    ['c', '1', true],
    ['m', '1.1', true],
    ['l2', '1.1.2', false],
  ]);
  expect(found).toBe(1);
  expect(matchingRows(nodes, 'float strokes').rows).toEqual([]);
});

it('a syllabus sums durations, keeps names as they are and puts headings of lessons below', () => {
  const lesson = {
    name: '*Float*',
    minutes: 40,
    description: null,
    content: '# Aim\n```\n# not one\n```',
    videoUrl: null,
  };
  const given = {
    program: 'Swimming',
    course: { name: 'Learn', code: 'S1', description: null },
    curriculum: { name: 'Main', version: 2, state: 'draft', description: null },
    modules: [{ name: 'Water', description: null, lessons: [lesson, { ...lesson, name: 'Glide' }] }],
  };
  const short = syllabusMarkdown(given, false);
  expect(short).toContain('# Learn (S1)\n\nSwimming · Main, version 2 (draft) · 1 module · 2 lessons · 1 h 20\n');
  expect(short).toContain('## 1. Water (1 h 20)\n\n1. \\*Float\\* (40 min)\n2. Glide (40 min)\n');
  expect(syllabusMarkdown(given, true)).toContain('### 1.1 \\*Float\\* (40 min)\n\n### Aim\n```\n# not one\n```');
});
