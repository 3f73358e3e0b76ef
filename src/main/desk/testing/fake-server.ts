/**
 * Something that speaks PostgreSQL's protocol (https://www.postgresql.org/docs/current/protocol-message-formats.html) just well enough to
 * lie: it answers every call with whatever the test wants.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

export interface FakeServer {
  url: string;
  /** Every `api` function that was called, in order. */
  calls: string[];
  close(): Promise<void>;
}

/** `calls.hello` answers `api.hello()`; a string is sent as it is, anything else as JSON. */
export type FakeAnswers = (call: string) => unknown;

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const int16 = (value: number): Buffer => int32(value).subarray(2);
const READY = message('Z', Buffer.from('I'));
const ROW_DESCRIPTION = message(
  'T',
  Buffer.concat([int16(1), Buffer.from('r\0'), int32(0), int16(0), int32(3802), int16(-1), int32(-1), int16(0)]),
);

const dataRow = (text: string): Buffer => {
  const value = Buffer.from(text);
  return message('D', Buffer.concat([int16(1), int32(value.length), value]));
};

const answerRow = (said: unknown): Buffer => {
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  return Buffer.concat([ROW_DESCRIPTION, dataRow(text), message('C', Buffer.from('SELECT 1\0')), READY]);
};

const answerCopy = (said: unknown): Buffer => {
  const out = message('H', Buffer.concat([Buffer.from([0]), int16(0)]));
  const rows = message('d', Buffer.from(String(said)));
  return Buffer.concat([out, rows, message('c', Buffer.alloc(0)), message('C', Buffer.from('COPY 1\0')), READY]);
};

const SSL_REQUEST = 80877103;

/** How the server encrypts: with a key and certificate, or not at all. */
export interface FakeTls {
  key: string;
  cert: string;
}

/** Answers the question for encryption that comes before everything else, then serves. */
function greetPlainly(socket: Socket, tls: FakeTls | null, answers: FakeAnswers, calls: string[]): void {
  socket.on('error', () => undefined);
  socket.once('data', (first: Buffer) => {
    if (first.length !== 8 || first.readInt32BE(4) !== SSL_REQUEST) {
      serve(socket, answers, calls);
      socket.unshift(first);
    } else if (tls) {
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, ...tls });
      serve(secure, answers, calls);
    } else {
      serve(socket, answers, calls);
      socket.write('N');
    }
  });
}

function serve(socket: Socket, answers: FakeAnswers, calls: string[]): void {
  let heard = Buffer.alloc(0);
  let isStarted = false;
  let call = '';
  socket.on('error', () => undefined);
  socket.on('data', (bytes: Buffer) => {
    heard = Buffer.concat([heard, bytes]);
    for (;;) {
      const head = isStarted ? 1 : 0;
      if (heard.length < head + 4) return;
      const length = heard.readInt32BE(head) + head;
      if (heard.length < length) return;
      const type = isStarted ? String.fromCharCode(heard[0] as number) : 'startup';
      const body = heard.subarray(head + 4, length);
      heard = heard.subarray(length);
      if (type === 'startup') {
        isStarted = true;
        socket.write(Buffer.concat([message('R', int32(0)), message('K', Buffer.concat([int32(7), int32(7)])), READY]));
      } else if (type === 'P') {
        call = /api\.([a-z_]+)\(/.exec(body.toString('latin1'))?.[1] ?? 'pid';
        calls.push(call);
      } else if (type === 'S') {
        socket.write(
          Buffer.concat([message('1', Buffer.alloc(0)), message('2', Buffer.alloc(0)), answerRow(answers(call))]),
        );
      } else if (type === 'Q') {
        const text = body.toString('latin1');
        call = /api\.([a-z_]+)\(/.exec(text)?.[1] ?? 'listen';
        calls.push(call);
        socket.write(text.startsWith('copy') ? answerCopy(answers(call)) : answerRow(answers(call)));
      } else if (type === 'X') socket.end();
    }
  });
}

const listening = async (onSocket: (socket: Socket) => void): Promise<{ port: number; close(): Promise<void> }> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

export async function startFakeServer(answers: FakeAnswers, tls: FakeTls | null = null): Promise<FakeServer> {
  const calls: string[] = [];
  const { port, close } = await listening((socket) => greetPlainly(socket, tls, answers, calls));
  return { url: `postgres://liar:secret@127.0.0.1:${port}/provost`, calls, close };
}

/** A port behind which something quite different happens: `silent` says nothing, `garbage` speaks another language, `portal` is the web page of a hotel, `slam` hangs up. */
export async function startStrangeServer(
  kind: 'silent' | 'garbage' | 'portal' | 'slam',
): Promise<{ url: string; close(): Promise<void> }> {
  const { port, close } = await listening((socket) => {
    socket.on('error', () => undefined);
    if (kind === 'slam') socket.destroy();
    if (kind === 'garbage') socket.write('220 mail.example.org ESMTP\r\n');
    if (kind === 'portal') {
      const page = '<html><body>Welcome to the hotel. Accept the terms to go online.</body></html>';
      socket.once('data', () => socket.end(`HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n${page}`));
    }
  });
  return { url: `postgres://liar:secret@127.0.0.1:${port}/provost`, close };
}
