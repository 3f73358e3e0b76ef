import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { doorAddress, type Door } from './door';
import { socketDoor } from './socket-door';

interface Asked {
  id: number;
  name: string;
  input: unknown;
}

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** A desk that answers as told, on a port of its own or a given one. */
async function desk(answer: (asked: Asked, socket: ServerSocket) => void, port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  servers.push(server);
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => answer(JSON.parse(data.toString()) as Asked, socket));
  });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

const echo = ({ id, input }: Asked, socket: ServerSocket) =>
  socket.send(JSON.stringify({ id, outcome: { ok: true, value: input } }));
const say = { closed: 'closed', reopened: 'reopened' };
const heard = (door: Door, event: string) => new Promise((resolve) => door.listen(event, resolve));

describe('the door over a WebSocket', () => {
  it('gives each request its own answer, whatever the order they come in', async () => {
    const held: (() => void)[] = [];
    const { port } = await desk((asked, socket) => {
      held.unshift(() => echo(asked, socket));
      if (held.length === 2) for (const send of held) send();
    });
    const door = socketDoor(`ws://127.0.0.1:${port}`, say);
    const answers = await Promise.all([door.request('a', 1), door.request('b', 2)]);
    expect(answers).toEqual([
      { ok: true, value: 1 },
      { ok: true, value: 2 },
    ]);
  });

  it('passes events on to those who listen, until they stop', async () => {
    const { server, port } = await desk(echo);
    const door = socketDoor(`ws://127.0.0.1:${port}`, say);
    await door.request('ready', null);
    const told: unknown[] = [];
    const stop = door.listen('sync.changed', (payload) => told.push(payload));
    const tell = (payload: number) =>
      server.clients.forEach((client) => client.send(JSON.stringify({ event: 'sync.changed', payload })));
    tell(1);
    await door.request('after', null);
    stop();
    tell(2);
    await door.request('after', null);
    expect(told).toEqual([1]);
  });

  it('never sends twice what was sent and not answered, opens again, and says so', async () => {
    let asked = 0;
    const first = await desk((_, socket) => {
      asked++;
      socket.terminate();
    });
    const door = socketDoor(`ws://127.0.0.1:${first.port}`, say);
    const closed = heard(door, say.closed);
    const lost = await door.request('rows.save', {});
    expect(lost).toMatchObject({ ok: false, problem: { kind: 'busy' } });

    await closed;
    const reopened = heard(door, say.reopened);
    first.server.removeAllListeners('connection');
    first.server.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => echo(JSON.parse(data.toString()) as Asked, socket)),
    );
    await reopened;
    expect(await door.request('sync.read', 7)).toEqual({ ok: true, value: 7 });
    expect(asked).toBe(1);
  });
});

it('the door of a page is at its own host', () => {
  expect(doorAddress({ protocol: 'http:', host: '127.0.0.1:4000' })).toBe('ws://127.0.0.1:4000/door');
  expect(doorAddress({ protocol: 'https:', host: 'desk.school' })).toBe('wss://desk.school/door');
});
