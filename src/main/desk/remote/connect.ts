/**
 * The one connection of a desk to its central database: opened when first needed, opened again after it broke.
 *
 * Every message is one unnamed statement calling one `api` function, so that it works behind a pooler in transaction mode; nothing is set
 * on the connection and no start-up option is sent.
 * Invariant: at most one message is under way. Whatever fails or outlives its time takes the connection with it, so that a late answer can
 * never be taken for the answer of the next message.
 * Security: neither the address nor the arguments of a call ever appear in an error or a log.
 */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { classify, nonsense, RemoteError, webPage } from './remote-error';
import { parseServer, serverName, type ServerAddress, type TlsMode } from './server-address';

export interface RemoteOptions {
  /** Milliseconds to open the connection. */
  connectWithin?: number;
  /** Milliseconds for one answer. The server's own limit for a statement is 15 s. */
  answerWithin?: number;
  /** Milliseconds without a byte after which a stream of rows counts as broken. */
  idleWithin?: number;
}

export interface Remote {
  /** The server's name, without credentials. */
  readonly name: string;
  /** Rises with every new connection: whoever greeted an older one must greet again. */
  readonly generation: number;
  readonly isConnected: boolean;
  /** Calls `api.<name>(…)` and returns its JSON, not yet checked. Throws RemoteError. */
  call(name: ApiFunction, values: readonly CallValue[]): Promise<unknown>;
  /** Streams the text COPY of a query, chunk by chunk. Whatever `sink` throws ends the stream and is thrown. */
  copy(query: string, sink: (chunk: Buffer) => void): Promise<void>;
  /** Asks to be told of pushes by others. False where the connection cannot carry it. */
  listen(onNotify: () => void): Promise<boolean>;
  /** Opens the connection where it is not open. */
  open(): Promise<void>;
  /** Throws the connection away; the next message opens another. */
  drop(): void;
  close(): Promise<void>;
}

export type ApiFunction =
  | 'hello'
  | 'sign_in'
  | 'sign_out'
  | 'session'
  | 'ask'
  | 'bring'
  | 'push'
  | 'rehearse'
  | 'pull'
  | 'rows_ahead'
  | 'history'
  | 'digest'
  | 'seal_roots';
export type CallValue = string | number | boolean | null;

const CONNECT_WITHIN_MS = 8_000;
const ANSWER_WITHIN_MS = 20_000;
const IDLE_WITHIN_MS = 20_000;
const CHANNEL = 'provost';
const asText = { getTypeParser: () => (value: unknown) => value };

function tlsOptions(address: ServerAddress, mode: TlsMode): ConnectionOptions | false {
  if (mode === 'disable') return false;
  let ca: string | undefined;
  if (address.rootCertificate !== undefined) {
    try {
      ca = readFileSync(address.rootCertificate, 'utf8');
    } catch {
      throw new RemoteError(
        'connection',
        'The file of the certificate authority that the server address names cannot be read.',
        'no-ca',
      );
    }
  }
  const isVerified = mode === 'verify-full' || mode === 'verify-ca' || (mode === 'require' && ca !== undefined);
  return {
    ...(ca === undefined ? {} : { ca }),
    servername: address.host,
    rejectUnauthorized: isVerified,
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}

/** @throws Refusal where `serverText` is no address. Nothing is opened yet. */
export function createRemote(serverText: string, options: RemoteOptions = {}): Remote {
  const address = parseServer(serverText);
  const answerWithin = options.answerWithin ?? ANSWER_WITHIN_MS;
  const idleWithin = options.idleWithin ?? IDLE_WITHIN_MS;
  let client: pg.Client | null = null;
  let generation = 0;
  let isClosed = false;
  let giveUp: () => void = () => undefined;
  let onNotify: (() => void) | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  function discard(gone: pg.Client | null): void {
    if (!gone) return;
    if (client === gone) client = null;
    // `end` waits politely for a peer that may never answer: close the socket first.
    (gone as unknown as { connection?: { stream?: { destroy?: () => void } } }).connection?.stream?.destroy?.();
    gone.end().catch(() => undefined);
  }

  async function dial(mode: TlsMode): Promise<pg.Client> {
    const next = new pg.Client({
      host: address.host,
      port: address.port,
      database: address.database,
      user: address.user,
      // A function, so that no password is taken from the surroundings of this process.
      password: () => address.password ?? '',
      ssl: tlsOptions(address, mode),
      connectionTimeoutMillis: options.connectWithin ?? CONNECT_WITHIN_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // Without a listener, a broken idle connection would end the process.
    next.on('error', () => discard(next));
    next.on('end', () => discard(next));
    next.on('notification', () => onNotify?.());
    const stranger = watchForWebPage(next);
    try {
      // Closing must not wait for a server that may never answer.
      const givenUp = new Promise<never>((_, reject) => {
        giveUp = () => reject(closed());
      });
      await Promise.race([next.connect(), givenUp, stranger]);
    } catch (error) {
      discard(next);
      throw classify(error);
    }
    return next;
  }

  async function connected(): Promise<pg.Client> {
    if (isClosed) throw closed();
    if (client) return client;
    let next: pg.Client;
    if (address.tls !== 'prefer') next = await dial(address.tls);
    else {
      next = await dial('require').catch((error: unknown) => {
        if (error instanceof RemoteError && error.code === 'no-tls') return dial('disable');
        throw error;
      });
    }
    if (isClosed) {
      discard(next);
      throw closed();
    }
    client = next;
    generation += 1;
    return next;
  }

  /** One at a time, in order of asking. A failure discards the connection unless the server itself spoke it. */
  function inTurn<T>(work: (open: pg.Client) => Promise<T>): Promise<T> {
    const run = turn.then(async () => {
      const open = await connected();
      try {
        return await work(open);
      } catch (error) {
        const classed = error instanceof SinkFailure ? error.reason : classify(error);
        if (!(classed instanceof RemoteError) || classed.class_ === 'connection' || classed.class_ === 'nonsense')
          discard(open);
        throw classed;
      }
    });
    turn = run.catch(() => undefined);
    return run;
  }

  async function ask(open: pg.Client, text: string, values: readonly CallValue[]): Promise<unknown[][]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new RemoteError('connection', 'The server does not answer.', 'timeout')),
        answerWithin,
      );
    });
    const answer = open.query<unknown[]>({ text, values: [...values], rowMode: 'array', types: asText });
    answer.catch(() => undefined);
    try {
      return (await Promise.race([answer, late])).rows;
    } finally {
      clearTimeout(timer);
    }
  }

  const stream = (open: pg.Client, query: string, sink: (chunk: Buffer) => void): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      const rows = open.query(copyTo(`copy (${query}) to stdout`));
      let timer: NodeJS.Timeout | undefined;
      const fail = (error: unknown): void => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      };
      const wind = (): void => {
        clearTimeout(timer);
        timer = setTimeout(
          () => fail(new RemoteError('connection', 'The server stopped in the middle of an answer.', 'idle')),
          idleWithin,
        );
      };
      wind();
      rows.on('data', (chunk: Buffer) => {
        wind();
        try {
          sink(chunk);
        } catch (error) {
          rows.removeAllListeners('data');
          fail(new SinkFailure(error));
        }
      });
      rows.once('end', () => {
        clearTimeout(timer);
        resolve();
      });
      rows.on('error', fail);
    });

  return {
    name: serverName(address),
    get generation() {
      return generation;
    },
    get isConnected() {
      return client !== null;
    },
    call: (name, values) =>
      inTurn(async (open) => {
        const holes = values.map((_, at) => `$${at + 1}`).join(', ');
        const rows = await ask(open, `select api.${name}(${holes}) as r`, values);
        const json = rows[0]?.[0];
        if (rows.length !== 1 || typeof json !== 'string') throw nonsense();
        try {
          return JSON.parse(json) as unknown;
        } catch {
          throw nonsense();
        }
      }),
    copy: (query, sink) => inTurn((open) => stream(open, query, sink)),
    listen: (callback) =>
      inTurn(async (open) => {
        if (!address.allowsListen) return false;
        // A pooler invents the process id it hands to clients; the server's own differs, and notifications would not come through.
        const rows = await ask(open, 'select pg_catalog.pg_backend_pid()', []);
        const seen = (open as unknown as { processID?: number | null }).processID;
        if (String(rows[0]?.[0]) !== String(seen)) return false;
        onNotify = callback;
        await ask(open, `listen ${CHANNEL}`, []);
        return true;
      }),
    open: () => inTurn(() => Promise.resolve()),
    drop() {
      giveUp();
      discard(client);
    },
    async close() {
      isClosed = true;
      onNotify = null;
      giveUp();
      discard(client);
      await turn.catch(() => undefined);
    },
  };
}

/** Rejects when what answers first is a web page: `pg` would take its first bytes for a very long message and wait for the rest. */
function watchForWebPage(client: pg.Client): Promise<never> {
  const { stream } = (client as unknown as { connection: { stream: NodeJS.ReadableStream } }).connection;
  const found = new Promise<never>((_, reject) => {
    stream.prependOnceListener('data', (bytes: Buffer) => {
      if (/^\s*(HTTP\/|<)/.test(bytes.subarray(0, 64).toString('latin1'))) reject(webPage());
    });
  });
  found.catch(() => undefined);
  return found;
}

const closed = (): RemoteError => new RemoteError('connection', 'The connection to the server was closed.', 'closed');

/** A failure of whoever takes the rows: not the server's, so it passes through as it is. */
class SinkFailure extends Error {
  constructor(readonly reason: unknown) {
    super('sink');
  }
}
