import { writeSync } from 'node:fs';
import { newId } from '../../../shared/model';
import { openStore } from '../local/open';
import { writeEdits } from '../local/write';

/** Run as a process of its own, to be killed: adds facilities for ever and says each id once it is saved. */
const [file = '', migrationsDir = ''] = process.argv.slice(2);
const store = openStore({ file, migrationsDir });
for (;;) {
  const id = newId();
  const op = { entity: 'facilities', op: 'insert' as const, id, version: 0, patch: { name: 'x'.repeat(3000) } };
  writeEdits(store.writer, { mutationId: newId(), at: Date.now(), label: 'Add', via: 'typed', ops: [op], undo: null });
  writeSync(1, `${id}\n`);
}
