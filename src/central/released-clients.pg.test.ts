/** Every protocol the server still speaks, as a console of that time speaks it. A number that goes up asks for its own file first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minServerProtocol, protocol, type Mutation, type PullResult, type PushResult } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { readClient, type ReleasedClient } from './testing/released/released-client';

const spoken = Array.from({ length: protocol - minServerProtocol + 1 }, (_, at) => minServerProtocol + at);

describe.each(spoken)('a console of protocol %i', (spokenNow) => {
  let central: FreshCentral;
  let desk: TestDesk;
  let client: ReleasedClient;
  beforeAll(async () => {
    central = await freshCentral();
    const program = await central.addProgram();
    const { id: user } = await central.addUser({ role: 'super_admin' });
    desk = await central.desk(await central.openSession(user));
    client = readClient(spokenNow, { program, user });
  });
  afterAll(() => central.drop());

  it('is greeted, and pushes everything it knows how to say', async () => {
    expect(await desk.call('hello')).toMatchObject({ product: 'provost', isPrimary: true });
    const mutations = client.mutations.map((ops, at): Mutation => ({ seq: at + 1, id: newId(), via: 'typed', ops }));
    const answer = await desk.call<PushResult>('push', desk.token, desk.device, spokenNow, JSON.stringify(mutations));
    const results = 'results' in answer ? answer.results : [];
    expect(results.map(({ status, refusal }) => refusal ?? status)).toEqual(
      client.mutations.map(() => expect.stringMatching(/^(applied|merged)$/) as string),
    );
  });

  it('pulls rows that have every field it knows', async () => {
    const page = await desk.call<PullResult>('pull', desk.token, spokenNow, '{}', null, 10_000);
    const changes = 'changes' in page ? page.changes : [];
    const seen = new Set<string>();
    for (const [, entity, , , row] of changes) {
      const known = client.entities[entity];
      if (!known || !row) continue;
      seen.add(entity);
      expect(Object.keys(row)).toEqual(expect.arrayContaining(known.fields));
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([...new Set(client.mutations.flat().map(({ entity }) => entity))]),
    );
  });

  it('loads every entity with the columns it knows', async () => {
    const session = (await desk.session()) as { scopes: string[] };
    for (const [entity, { columns }] of Object.entries(client.entities)) {
      const [scopeClass, owner] = session.scopes[0]!.split(':');
      const names = columns.map((column) => `r.${column}`).join(', ');
      const { fields } = await desk.client.query(`select ${names} from api.load_${entity}($1, $2, $3, null, 10) r`, [
        desk.token,
        scopeClass,
        owner,
      ]);
      expect(fields.map(({ name }) => name)).toEqual(columns);
    }
  });
});
