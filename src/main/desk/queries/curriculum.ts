import type { EntityName } from '../../../shared/entities';
import { entityOf } from '../../../shared/entities';
import { Refusal } from '../../../shared/contract/outcome';
import type { OutlineNode, RowMark } from '../../../shared/contract/requests';
import { whyNot } from '../../../shared/rules/permit';
import { maskRow } from '../../../shared/rules/masking';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { marksOf } from './marks';

interface Node {
  id: string;
  parentId: string;
  name: string;
  position: number;
  minutes: number;
  state: OutlineNode['state'];
  version: number | null;
}

/** A course as one outline: curricula, their modules, their lessons, minutes summed at every level. */
export const outline: Query<'curriculum.outline'> = ({ read, session }, { courseId }) => {
  const course = readRow(read, 'courses', courseId);
  if (!course) throw new Refusal({ kind: 'not-found', message: 'This course is no longer there. Choose another.' });
  const curricula = nodes(read, 'curricula', 'course_id', 'state', [courseId]);
  const modules = nodes(read, 'modules', 'curriculum_id', 'null', ids(curricula));
  const lessons = nodes(read, 'lessons', 'module_id', 'null', ids(modules));
  const modulesOf = Map.groupBy(modules, (node) => node.parentId);
  const lessonsOf = Map.groupBy(lessons, (node) => node.parentId);
  const marks: Record<string, RowMark> = {
    ...marksOf(read, 'curricula', ids(curricula)),
    ...marksOf(read, 'modules', ids(modules)),
    ...marksOf(read, 'lessons', ids(lessons)),
  };
  const out = (entity: OutlineNode['entity'], node: Node, minutes: number, count: number): OutlineNode => ({
    ...node,
    entity,
    minutes,
    lessons: count,
    mark: marks[node.id] ?? null,
  });
  const module = (node: Node): OutlineNode[] => {
    const own = lessonsOf.get(node.id) ?? [];
    return [
      out('modules', node, sum(own), own.length),
      ...own.map((lesson) => out('lessons', lesson, lesson.minutes, 1)),
    ];
  };
  const curriculum = (node: Node): OutlineNode[] => {
    const own = modulesOf.get(node.id) ?? [];
    const within = own.flatMap((m) => lessonsOf.get(m.id) ?? []);
    return [out('curricula', node, sum(within), within.length), ...own.flatMap(module)];
  };
  const reason = whyNot(session, entityOf('lessons'), 'update', course);
  return {
    course: maskRow(entityOf('courses'), course),
    nodes: curricula.flatMap(curriculum),
    canEdit: reason === null,
    whyNot: reason,
  };
};

const ids = (list: readonly Node[]): string[] => list.map((node) => node.id);
const sum = (lessons: readonly Node[]): number => lessons.reduce((total, lesson) => total + lesson.minutes, 0);

function nodes(db: Readable, name: EntityName, parent: string, state: string, parents: readonly string[]): Node[] {
  const minutes = name === 'lessons' ? 'coalesce(duration_minutes, 0)' : '0';
  return statement(
    db,
    `select id, ${parent} as parentId, name, sequence_order as position, ${minutes} as minutes, ${state} as state, ${name === 'curricula' ? 'version' : 'null'} as version
     from ${name} where ${parent} in (select value from json_each(?)) order by sequence_order, id`,
  ).all(JSON.stringify(parents)) as Node[];
}
