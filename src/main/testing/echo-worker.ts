/** A worker that keeps to the desk's side of `desk-messages` and knows nothing else: for the tests of the rims. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome } from '../../shared/contract/outcome';
import type { FromDesk, ToDesk } from '../desk-messages';

const port = parentPort;
if (!port) throw new Error('This file runs in a worker thread.');

const tell = (message: FromDesk) => port.postMessage(message);
const reply = (id: number, outcome: Outcome<unknown>) => tell({ type: 'reply', id, outcome });

let focused: boolean | null = null;
let asked: number | null = null;

/** What an order stands for: given in the `search` of a `rows.choices` request. */
const orders: Record<string, (id: number) => void> = {
  crash: () => {
    throw new Error('The echo was told to crash');
  },
  silence: () => undefined,
  grumble: (id) => {
    process.stderr.write('error The echo is not well\n');
    reply(id, { ok: true, value: null });
  },
  refuse: (id) => reply(id, { ok: false, problem: { kind: 'offline', message: 'The echo is offline.' } }),
  seal: (id) => {
    asked = id;
    tell({ type: 'vault', id: 7, op: 'seal', text: 'a token' });
  },
  focus: (id) => reply(id, { ok: true, value: focused }),
  setup: (id) => reply(id, { ok: true, value: workerData as unknown }),
  event: (id) => {
    tell({ type: 'event', event: 'sync.changed', payload: { waiting: 3 } });
    reply(id, { ok: true, value: 'told' });
  },
};

port.on('message', (message: ToDesk) => {
  switch (message.type) {
    case 'request': {
      const order = (message.input as { search?: string } | null)?.search ?? '';
      if (Object.hasOwn(orders, order)) orders[order]?.(message.id);
      else reply(message.id, { ok: true, value: { name: message.name, input: message.input } });
      return;
    }
    case 'vault-reply':
      if (asked !== null) reply(asked, { ok: true, value: { text: message.text, error: message.error } });
      return;
    case 'focus':
      focused = message.focused;
      return;
    case 'close':
      process.exit(0);
  }
});
