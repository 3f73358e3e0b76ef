/**
 * Writes down what a console of today says to the server, before its protocol number goes up: `npx tsx scripts/record-client.ts`. Consoles
 * in the field go on saying it, and `src/central/released-clients.pg.test.ts` sees to it that the server of the day understands them.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startPostgres } from '../src/central/server/embedded-postgres';
import { freshCentral, type TestDesk } from '../src/central/testing/central';
import { remove, restore, update } from '../src/central/testing/ops';
import type { ReleasedClient } from '../src/central/testing/released/released-client';
import { SampleRows } from '../src/central/testing/sample-rows';
import { protocol, type Op } from '../src/shared/contract/wire';
import { allEntities, type EntityName } from '../src/shared/entities';
import { loadColumns } from '../src/shared/model';

/** Those whose samples need nothing but what a desk can say. */
const said: EntityName[] = ['resources', 'lessons', 'student_confidential', 'course_enrollments', 'program_options'];

const server = await startPostgres();
const central = await freshCentral(server.url);
const program = await central.addProgram();
const { id: user } = await central.addUser({ role: 'super_admin' });
const desk = await central.desk(await central.openSession(user));
const mutations: Op[][] = [];
const recording: TestDesk = { ...desk, change: (...ops) => (mutations.push(ops), desk.change(...ops)) };
const rows = new SampleRows(central, recording, program, user);
for (const entity of said) await rows.make(entity);
const student = await rows.make('students', { phone: '0' });
await rows.push(update('students', student, 1, { phone: '0' }, { phone: '1' }));
await rows.push(remove('students', student, 2));
await rows.push(restore('students', student, 3));

const client: ReleasedClient = {
  protocol,
  entities: Object.fromEntries(
    allEntities.map((entity) => [
      entity.name,
      { columns: loadColumns(entity).map(({ column }) => column), fields: Object.keys(entity.fields) },
    ]),
  ),
  mutations: JSON.parse(
    JSON.stringify(mutations).replaceAll(program, '{program}').replaceAll(user, '{user}'),
  ) as Op[][],
};
const file = resolve(import.meta.dirname, `../src/central/testing/released/protocol-${protocol}.json`);
writeFileSync(file, `${JSON.stringify(client, null, 1)}\n`);
await central.drop();
await server.stop();
