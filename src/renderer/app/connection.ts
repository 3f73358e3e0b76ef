import type { SyncState } from '../../shared/contract/requests';
import type { Dot } from '../ui/marks';

const words: Record<SyncState['connection'], { dot: Dot; word: string }> = {
  online: { dot: 'ok', word: 'Online' },
  connecting: { dot: 'busy', word: 'Connecting' },
  offline: { dot: 'off', word: 'Offline' },
  'signed-out': { dot: 'conflict', word: 'Signed out' },
};

/** How the desk stands with the central database: a mark and the word beside it. */
export const connectionWords = (sync: SyncState) => words[sync.connection];
