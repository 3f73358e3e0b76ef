/**
 * `first-rows`: an empty desk of a million rows until the first page of them is on screen, against one bare COPY of a page. It must not
 * grow with the size of what is loaded.
 */
import { stress, stressPlace } from '../src/central/seed/stress';
import { readRows } from '../src/main/desk/local/rows';
import type { TestDesk } from '../src/main/desk/testing/test-desk';
import { stressDesks, withCentral } from './central';
import { alternate, type Bench } from './measure';

const PAGE = 200;
const GOAL_MS = 300;

export const firstRows: Bench = ({ quick, rows, log }) =>
  withCentral(async (central) => {
    const n = rows ?? (quick ? 2_000 : 1_000_000);
    log(`making ${n} rows`);
    await stress(central.sql, { entity: 'students', rows: n });
    const newDesk = await stressDesks(central);
    let desk: TestDesk | null = null;
    let rest: Promise<unknown> = Promise.resolve();
    const ms = await alternate(quick ? 1 : 3, {
      ours: {
        async before() {
          desk = await newDesk();
        },
        run: () =>
          new Promise<void>((resolve, reject) => {
            const { context } = desk as TestDesk;
            context.onRows = (entity) => {
              if (entity !== 'students') return;
              readRows((desk as TestDesk).db, 'students', `order by t.id limit ${PAGE}`);
              desk?.stop();
              resolve();
            };
            rest = (desk as TestDesk).turn().then(() => resolve(), reject);
          }),
        async after() {
          await rest;
          await desk?.close();
        },
      },
      bare: {
        run: () =>
          central.sql.query('select * from app.students where program_id = $1 order by id limit $2', [
            stressPlace.programId,
            PAGE,
          ]),
      },
    });
    return [
      { name: 'first-rows', value: ms.ours, unit: 'ms', better: 'lower' as const, goal: GOAL_MS, limit: ms.bare, n },
    ];
  });
