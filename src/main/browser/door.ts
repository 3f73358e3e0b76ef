/** The WebSocket at /door: `{id, name, input}` in, `{id, outcome}` and `{event, payload}` out. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Outcome, Problem } from '../../shared/contract/outcome';
import type { Log } from '../desk-messages';
import type { Rim } from '../rim';
import type { Admission } from './admission';

const LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024;
/** What is a little too large is still read, so that it can be answered; what is larger closes the connection. */
const LARGEST_READ_BYTES = LARGEST_MESSAGE_BYTES + 32 * 1024 * 1024;
const PING_EVERY_MS = 30_000;

export interface DoorParts {
  http: Server;
  admission: Admission;
  rim: Rim;
  log: Log;
  setFocused: (focused: boolean) => void;
}

export function openDoor({ http, admission, rim, log, setFocused }: DoorParts): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_READ_BYTES });
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request, admission);
    if (refusal) return turnAway(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (page) => {
      setFocused(true);
      welcome(page, rim, log);
      page.once('close', () => {
        if (sockets.clients.size === 0) setFocused(false);
      });
    });
  });
  const pings = setInterval(() => {
    for (const page of sockets.clients) page.ping();
  }, PING_EVERY_MS);
  pings.unref();
  return {
    close() {
      clearInterval(pings);
      for (const page of sockets.clients) page.terminate();
      sockets.close();
    },
  };
}

/** Security: all three are checked before the first byte of a message is read. */
function refusalOf(request: IncomingMessage, admission: Admission): string | null {
  if (!admission.isHost(request.headers)) return '421 Misdirected Request';
  if (!admission.isOrigin(request.headers) || !admission.hasCookie(request.headers)) return '403 Forbidden';
  return request.url === '/door' ? null : '404 Not Found';
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function welcome(page: WebSocket, rim: Rim, log: Log): void {
  const send = (message: unknown) => {
    if (page.readyState === page.OPEN) page.send(JSON.stringify(message));
  };
  const stop = rim.listen((event, payload) => send({ event, payload }));
  page.once('close', stop);
  page.on('error', (error) => log.warn('The connection to a page broke', error));
  page.on('message', (data, isBinary) => {
    const request = isBinary ? null : requestIn(data);
    if (!request) {
      page.close(1007, 'A message has to be {id, name, input} as JSON.');
      return;
    }
    if ('problem' in request) {
      send({ id: request.id, outcome: { ok: false, problem: request.problem } satisfies Outcome<unknown> });
      return;
    }
    rim.answer(request.name, request.input).then(
      (outcome) => send({ id: request.id, outcome }),
      (error: unknown) => log.error('A request was not answered', error),
    );
  });
}

type PageRequest = { id: number; name: unknown; input: unknown } | { id: number; problem: Problem };

function requestIn(data: RawData): PageRequest | null {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
  if (bytes.length > LARGEST_MESSAGE_BYTES) return tooLarge(bytes);
  try {
    const { id, name, input } = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
    return typeof id === 'number' ? { id, name, input } : null;
  } catch {
    return null;
  }
}

/** The id stands at the front of a request: it is found without reading the rest. */
function tooLarge(bytes: Buffer): PageRequest | null {
  const id = /^\s*\{\s*"id"\s*:\s*(\d+)/.exec(bytes.subarray(0, 200).toString('utf8'))?.[1];
  if (id === undefined) return null;
  const problem: Problem = {
    kind: 'invalid',
    message: 'That is more than 64 MB at once. Nothing was changed; do it in smaller parts.',
    issues: [],
  };
  return { id: Number(id), problem };
}
