/**
 * A TCP relay between a desk and its PostgreSQL that can lose requests, lose answers, cut in the middle of an answer, stall, and go dark.
 *
 * Faults are chosen per call of an `api` function, so that a test can say "the acknowledgement of the push is lost".
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * - `pass`: nothing happens.
 * - `lose-request`: the server never sees it; the connection breaks.
 * - `lose-answer`: the server carries it out whole; the connection breaks before anything comes back.
 * - `cut-answer`: the connection breaks after half of the first piece of the answer.
 * - `cut-later`: the connection breaks after some hundred kilobytes of the answer.
 * - `stall`: nothing comes back, and nothing breaks.
 * - `half-close`: the desk is told that nothing more will come, while the server works on.
 * - `twice-there`, `twice-back`: the bytes of the request, or of the answer, arrive twice.
 */
export type Fault =
  | 'pass'
  | 'lose-request'
  | 'lose-answer'
  | 'cut-answer'
  | 'cut-later'
  | 'stall'
  | 'half-close'
  | 'twice-there'
  | 'twice-back';

/** How slow the way is, in each direction. */
export interface Line {
  delayMs: number;
  bytesPerSecond: number;
}

/** A telephone on the edge of a village. */
export const line2G: Line = { delayMs: 300, bytesPerSecond: 30_000 };

/** Decides the fault of a call. `what` is the statement's function: `push`, `pull`, `load_students`, `hello` … */
export type FaultPlan = (what: string) => Fault;

export interface WireProxy {
  /** The server's address, through the relay. */
  readonly url: string;
  plan: FaultPlan;
  /** What the rest of the world does between a call's leaving the desk and its reaching the server. */
  meanwhile: (what: string) => Promise<void>;
  /** Null: as fast as this computer. Counts for connections opened from now on. */
  line: Line | null;
  /** Breaks every connection and refuses new ones. */
  goDark(): void;
  heal(): void;
  close(): Promise<void>;
}

const CUT_LATER_BYTES = 600_000;
const CALL = /api\.([a-z_]+)\(/;
/** ReadyForQuery outside a transaction: the server has committed and has nothing more to say. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const endsReady = (bytes: Buffer): boolean =>
  bytes.length >= READY.length && bytes.subarray(-READY.length).equals(READY);

export async function startWireProxy(targetUrl: string): Promise<WireProxy> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  let isDark = false;
  const proxy: Pick<WireProxy, 'plan' | 'meanwhile' | 'line'> = {
    plan: () => 'pass',
    meanwhile: () => Promise.resolve(),
    line: null,
  };

  const server = createServer((desk) => {
    if (isDark) return void desk.destroy();
    const central = connect(Number(target.port), target.hostname);
    for (const socket of [desk, central]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        desk.destroy();
        central.destroy();
      });
    }
    const toCentral = paced(central, proxy.line);
    const toDesk = paced(desk, proxy.line);
    let fault: Fault = 'pass';
    let passed = 0;
    const breakBoth = (): void => {
      desk.destroy();
      central.destroy();
    };
    desk.on('data', (bytes: Buffer) => {
      const call = CALL.exec(bytes.toString('latin1'));
      if (call) {
        fault = proxy.plan(call[1] as string);
        passed = 0;
      }
      if (fault === 'lose-request') return breakBoth();
      if (!call) return toCentral(bytes);
      desk.pause();
      void proxy.meanwhile(call[1] as string).then(() => {
        toCentral(bytes);
        if (fault === 'twice-there') toCentral(bytes);
        if (fault === 'half-close') desk.end();
        desk.resume();
      }, breakBoth);
    });
    let heard = Buffer.alloc(0);
    central.on('data', (bytes: Buffer) => {
      if (fault === 'stall' || fault === 'half-close') return;
      if (fault === 'cut-answer') {
        desk.end(bytes.subarray(0, Math.floor(bytes.length / 2)));
        central.destroy();
        return;
      }
      if (fault === 'lose-answer') {
        heard = Buffer.concat([heard.subarray(-READY.length), bytes]);
        if (endsReady(heard)) breakBoth();
        return;
      }
      toDesk(bytes);
      if (fault === 'twice-back') toDesk(bytes);
      passed += bytes.length;
      if (fault === 'cut-later' && passed > CUT_LATER_BYTES) breakBoth();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(targetUrl);
  url.port = String((server.address() as AddressInfo).port);
  url.hostname = '127.0.0.1';
  const breakAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    get plan() {
      return proxy.plan;
    },
    set plan(next) {
      proxy.plan = next;
    },
    get meanwhile() {
      return proxy.meanwhile;
    },
    set meanwhile(next) {
      proxy.meanwhile = next;
    },
    get line() {
      return proxy.line;
    },
    set line(next) {
      proxy.line = next;
    },
    goDark() {
      isDark = true;
      breakAll();
    },
    heal() {
      isDark = false;
      proxy.plan = () => 'pass';
      proxy.meanwhile = () => Promise.resolve();
      proxy.line = null;
    },
    close: () =>
      new Promise<void>((resolve) => {
        breakAll();
        server.close(() => resolve());
      }),
  };
}

/** Writes as a line does: pieces follow each other at its speed and arrive after its delay. */
function paced(to: Socket, line: Line | null): (bytes: Buffer) => void {
  if (!line) return (bytes) => void to.write(bytes);
  let freeAt = 0;
  return (bytes) => {
    freeAt = Math.max(freeAt, performance.now()) + (bytes.length / line.bytesPerSecond) * 1000;
    setTimeout(() => to.writable && to.write(bytes), freeAt + line.delayMs - performance.now());
  };
}
