import type { Outcome, Problem } from '../../shared/contract/outcome';
import type { Door } from './door';

type Reply = { id: number; outcome: Outcome<unknown> } | { event: string; payload: unknown };

interface Pending {
  text: string;
  sent: boolean;
  settle: (outcome: Outcome<unknown>) => void;
}

const firstPause = 250;
const longestPause = 5_000;
/** A request made while the door is shut waits this long (milliseconds) for it to open. */
const patience = 15_000;

const unanswered: Problem = {
  kind: 'busy',
  message:
    'The console lost touch with its own desk before this was confirmed. Look whether it was done before doing it again.',
};
const unreachable: Problem = {
  kind: 'busy',
  message:
    'The console cannot reach its own desk. Check that Provost is still running on this computer, then try again.',
};

/** A door over a WebSocket that opens itself again. What was sent and not answered is never sent twice. */
export function socketDoor(address: string, say: { closed: string; reopened: string }): Door {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let socket: WebSocket | undefined;
  let lastId = 0;
  let pause = firstPause;
  let openedBefore = false;

  const tell = (event: string, payload: unknown) => listeners.get(event)?.forEach((callback) => callback(payload));

  function settle(id: number, outcome: Outcome<unknown>): void {
    const waiting = pending.get(id);
    pending.delete(id);
    waiting?.settle(outcome);
  }

  function connect(): void {
    const opening = new WebSocket(address);
    socket = opening;
    opening.addEventListener('open', () => {
      pause = firstPause;
      for (const waiting of pending.values()) send(waiting);
      if (openedBefore) tell(say.reopened, null);
      openedBefore = true;
    });
    opening.addEventListener('message', (message: MessageEvent<string>) => {
      const reply = JSON.parse(message.data) as Reply;
      if ('event' in reply) tell(reply.event, reply.payload);
      else settle(reply.id, reply.outcome);
    });
    opening.addEventListener('close', () => {
      for (const [id, waiting] of pending) if (waiting.sent) settle(id, { ok: false, problem: unanswered });
      if (openedBefore) tell(say.closed, null);
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, longestPause);
    });
  }

  function send(waiting: Pending): void {
    if (socket?.readyState !== WebSocket.OPEN || waiting.sent) return;
    waiting.sent = true;
    socket.send(waiting.text);
  }

  connect();
  return {
    request(name, input) {
      const id = ++lastId;
      return new Promise((resolve) => {
        const waiting = { text: JSON.stringify({ id, name, input }), sent: false, settle: resolve };
        pending.set(id, waiting);
        send(waiting);
        if (!waiting.sent) setTimeout(() => !waiting.sent && settle(id, { ok: false, problem: unreachable }), patience);
      });
    },
    listen(event, callback) {
      const callbacks = listeners.get(event) ?? new Set();
      listeners.set(event, callbacks.add(callback));
      return () => void callbacks.delete(callback);
    },
  };
}
