/**
 * `tree`: a course of 10,000 nodes: opening its outline, moving a lesson, comparing two versions, starting and publishing a draft, each against
 * the bare statements that read or write the same rows.
 */
import type { Output } from '../src/shared/contract/requests';
import { moveNodes } from '../src/main/desk/commands/curriculum-nodes';
import { publish, startDraft } from '../src/main/desk/commands/curriculum-versions';
import { undo } from '../src/main/desk/commands/undo';
import { outline } from '../src/main/desk/queries/curriculum';
import { compareVersions } from '../src/main/desk/queries/curriculum-versions';
import { sampleDesk } from '../src/main/desk/testing/sample-desk';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { alternate, ratio, type Bench, type Figure } from './measure';

const PER_MODULE = 40;

export const tree: Bench = async ({ quick, rows, log }) => {
  const n = rows ?? (quick ? 400 : 10_000);
  const turns = quick ? 2 : 9;
  const temp = tempStore();
  try {
    const { store, context, ids, put } = sampleDesk(temp.open());
    log(`making ${n} nodes`);
    const modules: string[] = [];
    store.writer.transaction(() => {
      for (let m = 0; m < n / (PER_MODULE + 1); m++) {
        const head = { programId: ids.program, curriculumId: ids.curriculum };
        const moduleId = put('modules', { ...head, name: `Module ${m}`, sequenceOrder: m + 3 });
        modules.push(moduleId);
        for (let l = 1; l <= PER_MODULE; l++) {
          const lesson = { programId: ids.program, moduleId, name: `Lesson ${m}.${l}`, content: 'Float. '.repeat(60) };
          put('lessons', { ...lesson, durationMinutes: 30, sequenceOrder: l });
        }
      }
    })();
    const { reader, writer } = store;
    const contents = reader.prepare(
      `select m.id, m.name, l.id as lesson, l.name as lessonName, l.duration_minutes, l.content
       from modules m left join lessons l on l.module_id = m.id where m.curriculum_id = ? order by m.sequence_order, l.sequence_order`,
    );
    const slim = reader.prepare(
      `select m.id, m.name, l.id as lesson, l.name as lessonName, l.duration_minutes
       from modules m left join lessons l on l.module_id = m.id where m.curriculum_id = ? order by m.sequence_order, l.sequence_order`,
    );
    const figures: Figure[] = [];
    const figure = (name: string, ms: { ours: number; bare: number }): void => {
      figures.push(ratio(`tree-${name}`, ms.ours / ms.bare, 'lower', null, n));
      figures.push({
        ...{ name: `tree-${name}-ms`, value: ms.ours, unit: 'ms', better: 'lower' },
        goal: null,
        limit: ms.bare,
        n,
      });
    };

    const open = (): Output<'curriculum.outline'> => outline(context, { courseId: ids.course });
    figure('open', await alternate(turns, { ours: { run: open }, bare: { run: () => slim.all(ids.curriculum) } }));

    const lessonsOf = reader.prepare('select id from lessons where module_id = ? order by sequence_order').pluck();
    const place = writer.prepare('update lessons set sequence_order = ? where id = ?');
    const [first] = modules as [string];
    figure(
      'move',
      await alternate(turns, {
        ours: {
          run: () => {
            const last = (lessonsOf.all(first) as string[]).at(-1)!;
            moveNodes(context, { entity: 'lessons', ids: [last], parentId: first, position: 1 });
          },
        },
        bare: {
          run: writer.transaction(() => {
            const order = lessonsOf.all(first) as string[];
            [order.at(-1)!, ...order.slice(0, -1)].forEach((id, at) => place.run(at + 1, id));
          }) as () => void,
        },
      }),
    );

    log('publishing and comparing');
    publish(context, { curriculumId: ids.curriculum, mapping: [] });
    const draft = startDraft(context, { curriculumId: ids.curriculum }).ids[0]!;
    const pair = { from: ids.curriculum, to: draft };
    figure(
      'diff',
      await alternate(turns, {
        ours: { run: () => compareVersions(context, pair) },
        bare: { run: () => [contents.all(pair.from), contents.all(pair.to)] },
      }),
    );
    const setState = writer.prepare('update curricula set state = ? where id = ?');
    figure(
      'publish',
      await alternate(turns, {
        ours: {
          run: () => publish(context, { curriculumId: draft, mapping: [] }),
          after: () => void undo(context, {}),
        },
        bare: {
          run: writer.transaction(() => {
            setState.run('archived', ids.curriculum);
            setState.run('published', draft);
          }) as () => void,
          after: writer.transaction(() => {
            setState.run('draft', draft);
            setState.run('published', ids.curriculum);
          }) as () => void,
        },
      }),
    );
    return figures;
  } finally {
    temp.remove();
  }
};
