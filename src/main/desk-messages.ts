/** What a rim and the desk's worker say to each other over the worker's port. */
import type { Outcome } from '../shared/contract/outcome';
import type { AppInfo, EventName } from '../shared/contract/requests';

/** The worker's `workerData`. */
export interface DeskSetup {
  /** The folder that holds the local stores. It exists. */
  dataDir: string;
  /** The folder with the migrations of the local store. */
  migrationsDir: string;
  shell: AppInfo['shell'];
  version: string;
  demo: AppInfo['demo'];
  /** How this desk is called in the audit trail. */
  deskName: string;
}

export type ToDesk =
  | { type: 'request'; id: number; name: string; input: unknown }
  | { type: 'vault-reply'; id: number; text?: string; error?: string }
  | { type: 'focus'; focused: boolean }
  /** Write down what is open and exit. */
  | { type: 'close' };

export type FromDesk =
  | { type: 'reply'; id: number; outcome: Outcome<unknown> }
  | { type: 'event'; event: EventName; payload: unknown }
  /** The worker has no keychain: the rim seals and opens secrets for it. */
  | { type: 'vault'; id: number; op: 'seal' | 'open'; text: string };

/** Keeps secrets at rest. Both throw an Error in words for people where this computer cannot. */
export interface Vault {
  seal(text: string): Promise<string>;
  open(sealed: string): Promise<string>;
}

export interface Log {
  info(message: string, ...details: unknown[]): void;
  warn(message: string, ...details: unknown[]): void;
  error(message: string, ...details: unknown[]): void;
}
