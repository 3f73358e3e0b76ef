import { parentPort, workerData } from 'node:worker_threads';
import type { EventName } from '../../shared/contract/requests';
import type { DeskSetup, FromDesk, Log, ToDesk, Vault } from '../desk-messages';
import { createDesk } from './desk';

/** The desk as a worker thread: messages in, messages out. See `desk-messages.ts`. */

const port = parentPort;
if (!port) throw new Error('The desk’s worker is started by the desk’s host.');
const tell = (message: FromDesk): void => port.postMessage(message);

/** The worker has no keychain: the rim seals and opens for it. */
const asked = new Map<number, { resolve(text: string): void; reject(error: Error): void }>();
let lastAsked = 0;
const askVault = (op: 'seal' | 'open', text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const id = ++lastAsked;
    asked.set(id, { resolve, reject });
    tell({ type: 'vault', id, op, text });
  });
const vault: Vault = { seal: (text) => askVault('seal', text), open: (text) => askVault('open', text) };

const events: EventName[] = ['rows.changed', 'sync.changed', 'session.changed'];
const write = (level: string, message: string, details: unknown[]): void => {
  process.stderr.write(`${level} ${message}${details.length > 0 ? ` ${details.map(asText).join(' ')}` : ''}\n`);
};
const asText = (detail: unknown): string => (typeof detail === 'string' ? detail : JSON.stringify(detail));
const log: Log = {
  info: (message, ...details) => write('info', message, details),
  warn: (message, ...details) => write('warn', message, details),
  error: (message, ...details) => write('error', message, details),
};

const desk = createDesk({ ...(workerData as DeskSetup), vault, log });
for (const event of events) desk.listen(event, (payload) => tell({ type: 'event', event, payload }));

port.on('message', (message: ToDesk) => {
  switch (message.type) {
    case 'request':
      void desk.ask(message.name, message.input).then((outcome) => tell({ type: 'reply', id: message.id, outcome }));
      return;
    case 'vault-reply': {
      const waiting = asked.get(message.id);
      asked.delete(message.id);
      if (message.text !== undefined) waiting?.resolve(message.text);
      else waiting?.reject(new Error(message.error ?? 'The keychain did not answer.'));
      return;
    }
    case 'focus':
      desk.setFocused(message.focused);
      return;
    case 'close':
      void desk.close().finally(() => port.close());
  }
});
