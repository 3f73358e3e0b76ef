/** The console on 127.0.0.1 for an ordinary browser: the same window, with a WebSocket in place of Electron's IPC. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../desk-messages';
import { consoleFile } from '../console-files';
import type { Rim } from '../rim';
import { createAdmission, type Admission } from './admission';
import { openDoor } from './door';

export interface ConsoleServerOptions {
  /** The folder with the built window. */
  root: string;
  rim: Rim;
  /** 0 for a free one. */
  port: number;
  log: Log;
  /** Told when the first page comes and when the last one goes. */
  setFocused?: (focused: boolean) => void;
}

export interface ConsoleServer {
  readonly port: number;
  /** An address that opens the console once. */
  newLink(): string;
  close(): Promise<void>;
}

const REFUSED = {
  host: 'This console answers only at the address it printed.',
  method: 'The console has no such address.',
  ticket:
    'This link has been used or is out of date. Take the newest address that the console printed in its terminal.',
} as const;

export async function startConsoleServer({
  root,
  rim,
  port,
  log,
  setFocused,
}: ConsoleServerOptions): Promise<ConsoleServer> {
  const http = createServer();
  await listening(http, port);
  const actualPort = (http.address() as AddressInfo).port;
  const admission = createAdmission(actualPort);
  http.on('request', (request, response) => {
    answer(request, response, admission, root).catch((error: unknown) => {
      log.error('A file could not be served', error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const door = openDoor({ http, admission, rim, log, setFocused: setFocused ?? (() => undefined) });

  return {
    port: actualPort,
    newLink: () => `${admission.origin}/?ticket=${admission.newTicket()}`,
    close: async () => {
      door.close();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
    },
  };
}

function listening(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`Port ${port} is in use by another program. Choose another one with --port.`) : error);
    });
    http.listen(port, '127.0.0.1', resolve);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  admission: Admission,
  root: string,
): Promise<void> {
  if (!admission.isHost(request.headers)) return refuse(response, 421, REFUSED.host);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, REFUSED.method);
  const address = URL.parse(request.url ?? '/', admission.origin);
  if (!address || address.origin !== admission.origin) return refuse(response, 400, REFUSED.method);

  const ticket = address.searchParams.get('ticket');
  if (ticket !== null) {
    // Whoever is in already is let through: reloading the printed address must not lock anybody out.
    const cookie = admission.hasCookie(request.headers) ? '' : admission.redeem(ticket);
    if (cookie === null) return refuse(response, 403, REFUSED.ticket);
    response.writeHead(303, {
      location: '/',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      ...(cookie ? { 'set-cookie': cookie } : {}),
    });
    response.end();
    return;
  }
  if (!admission.hasCookie(request.headers)) return refuse(response, 403, REFUSED.ticket);

  // Older engines do not take 'self' for the WebSocket as well.
  const file = await consoleFile(root, address.pathname, [`ws://${admission.host}`]);
  response.writeHead(file.status, { ...file.headers, 'content-length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(`${sentence}\n`);
}
