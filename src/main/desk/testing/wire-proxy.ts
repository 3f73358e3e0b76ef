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
 */
export type Fault = 'pass' | 'lose-request' | 'lose-answer' | 'cut-answer' | 'cut-later' | 'stall';

/** Decides the fault of a call. `what` is the statement's function: `push`, `pull`, `load_students`, `hello` … */
export type FaultPlan = (what: string) => Fault;

export interface WireProxy {
  /** The server's address, through the relay. */
  readonly url: string;
  plan: FaultPlan;
  /** What the rest of the world does between a call's leaving the desk and its reaching the server. */
  meanwhile: (what: string) => Promise<void>;
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
  const proxy: Pick<WireProxy, 'plan' | 'meanwhile'> = { plan: () => 'pass', meanwhile: () => Promise.resolve() };

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
      if (!call) return void central.write(bytes);
      desk.pause();
      void proxy.meanwhile(call[1] as string).then(() => {
        central.write(bytes);
        desk.resume();
      }, breakBoth);
    });
    let heard = Buffer.alloc(0);
    central.on('data', (bytes: Buffer) => {
      if (fault === 'stall') return;
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
      desk.write(bytes);
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
    goDark() {
      isDark = true;
      breakAll();
    },
    heal() {
      isDark = false;
      proxy.plan = () => 'pass';
      proxy.meanwhile = () => Promise.resolve();
    },
    close: () =>
      new Promise<void>((resolve) => {
        breakAll();
        server.close(() => resolve());
      }),
  };
}
