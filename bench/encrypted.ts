/** `encrypted`: what encryption costs a desk, against the same store without it: the first load, the first page of many, and an edit. */
import { randomBytes } from 'node:crypto';
import { newId } from '../src/shared/model';
import { view } from '../src/shared/contract/requests';
import { writeEdits } from '../src/main/desk/local/write';
import { pageRows } from '../src/main/desk/queries/page-rows';
import { Views } from '../src/main/desk/queries/views';
import { tempStore, type TempStore } from '../src/main/desk/testing/temp-store';
import { alternate, type Bench, type Figure } from './measure';
import { facts, fillStudents } from './store-of-students';

const EDITS = 20;

export const encrypted: Bench = async ({ quick, rows, log }) => {
  const n = rows ?? (quick ? 2_000 : 100_000);
  const key = randomBytes(32);
  const forms = { encrypted: { key, encrypt: true }, plain: {} };
  const temps = { encrypted: tempStore(), plain: tempStore() };
  const asked = view.parse({ entity: 'students', sort: [{ field: 'lastName', descending: false }] });
  const loading = (form: keyof typeof forms) => {
    let temp: TempStore;
    return {
      before: () => void (temp = tempStore()),
      run: () => fillStudents(temp.open(forms[form]), n),
      after: () => temp.remove(),
    };
  };
  const measured = (form: keyof typeof forms) => {
    const store = temps[form].open(forms[form]);
    fillStudents(store, n);
    const views = new Views();
    const context = { read: store.reader, session: facts, views, now: () => Date.now() };
    let at = 0;
    pageRows(context, { view: asked, from: 0, count: 200 });
    return {
      page: { run: () => pageRows(context, { view: asked, from: (at = (at + 7919) % (n - 200)), count: 200 }) },
      edits: {
        run() {
          for (let i = 0; i < EDITS; i++) {
            const op = {
              entity: 'facilities',
              op: 'insert' as const,
              id: newId(),
              version: 0,
              patch: { name: 'Pool' },
            };
            writeEdits(store.writer, { mutationId: newId(), at: 1, label: 'Add', via: 'typed', ops: [op], undo: null });
          }
        },
      },
    };
  };
  try {
    log(`loading ${n} rows`);
    const load = await alternate(quick ? 1 : 3, { encrypted: loading('encrypted'), plain: loading('plain') });
    const [sealed, bare] = [measured('encrypted'), measured('plain')];
    const turns = quick ? 2 : 15;
    const page = await alternate(turns, { encrypted: sealed.page, plain: bare.page });
    const edits = await alternate(turns, { encrypted: sealed.edits, plain: bare.edits });
    const figure = (name: string, ms: { encrypted: number; plain: number }): Figure => {
      const value = ms.encrypted / ms.plain;
      return { name, value, unit: 'x', better: 'lower', goal: null, limit: 1, n };
    };
    return [figure('encrypted-load', load), figure('encrypted-page', page), figure('encrypted-edit', edits)];
  } finally {
    temps.encrypted.remove();
    temps.plain.remove();
  }
};
