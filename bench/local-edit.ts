/**
 * `local-edit`: an edit of a person until it is durable (row, outbox and undo in one transaction) against the barest durable write there is: one
 * small row, committed to the same disk. And how it grows from 50,000 to a million rows.
 */
import Database from 'better-sqlite3';
import { newId } from '../src/shared/model';
import { readRows } from '../src/main/desk/local/rows';
import { writeEdits } from '../src/main/desk/local/write';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { alternate, ratio, type Bench } from './measure';
import { fillStudents } from './store-of-students';

const SAMPLE = 200;

export const localEdit: Bench = async ({ quick, rows, log }) => {
  const many = rows ?? (quick ? 2_000 : 1_000_000);
  const few = Math.max(200, Math.round(many / 20));
  log(`making stores of ${few} and ${many} rows`);
  const sides = [editing(few), editing(many)] as const;
  const bare = bareWrites();
  try {
    const ms = await alternate(quick ? 20 : 400, {
      few: { run: sides[0].edit },
      many: { run: sides[1].edit },
      bare: { run: bare.write },
    });
    return [
      ratio('local-edit', ms.few / ms.bare, 'lower', 1.3, few),
      ratio('local-edit-many', ms.many / ms.bare, 'lower', null, many),
      { ...ratio('local-edit-growth', ms.many / ms.few, 'lower', 2.5, many), limit: null },
      { name: 'local-edit-ms', value: ms.many, unit: 'ms', better: 'lower', goal: null, limit: ms.bare, n: many },
    ];
  } finally {
    for (const side of [...sides, bare]) side.remove();
  }
};

function editing(rows: number) {
  const temp = tempStore();
  const store = temp.open();
  fillStudents(store, rows);
  const db = store.writer;
  // From everywhere in the table, so that no page is at hand because the one before needed it.
  const ids = readRows(db, 'students', `where t.rid % ${Math.max(1, Math.floor(rows / SAMPLE))} = 0`).map(
    ({ id }) => id,
  );
  let at = 0;
  return {
    edit() {
      const id = ids[at++ % ids.length] as string;
      const base = { phone: null, address: null };
      const op = {
        entity: 'students',
        op: 'update',
        id,
        version: 1,
        base,
        patch: { phone: `+234 ${at}`, address: `${at} Marina` },
      } as const;
      const inverse = [{ ...op, base: op.patch, patch: base }];
      writeEdits(db, {
        ...{ mutationId: newId(), at: Date.now(), label: 'Measured', via: 'typed' },
        ...{ ops: [op], undo: { kind: 'step', inverse } },
      });
    },
    remove: () => temp.remove(),
  };
}

function bareWrites() {
  const temp = tempStore();
  const db = new Database(`${temp.file}.bare`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('create table t (id integer primary key, text text)');
  const insert = db.prepare('insert into t (text) values (?)');
  return {
    write: () => void insert.run('x'.repeat(200)),
    remove() {
      db.close();
      temp.remove();
    },
  };
}
