import type { WaitingChange } from '../../../shared/contract/requests';
import type { Query } from '../context';
import { waitingList } from '../local/outbox';

const stateOf: Record<string, WaitingChange['state']> = {
  pending: 'waiting',
  'in-flight': 'sending',
  acknowledged: 'sent',
};

/** Changes on their way, oldest first. */
export const waiting: Query<'sync.waiting'> = ({ read }, { limit }) =>
  waitingList(read, limit).map(({ mutationId, position, seq, at, label, via, ops, state }) => ({
    mutationId,
    seq: seq ?? position,
    at,
    label,
    via,
    rows: new Set(ops.map((op) => op.id)).size,
    bytes: Buffer.byteLength(JSON.stringify(ops)),
    state: stateOf[state] ?? 'waiting',
  }));
