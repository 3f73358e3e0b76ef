import type { SessionFacts } from '../../shared/contract/wire';
import type { Output, Parsed, RequestName } from '../../shared/contract/requests';
import type { Changed } from './local/changed';
import type { Readable, Writable } from './local/handles';
import type { Views } from './queries/views';

/** What a question is answered from. */
export interface QueryContext {
  read: Readable;
  session: SessionFacts;
  views: Views;
  now(): number;
}

/** What an order is carried out with. */
export interface CommandContext extends QueryContext {
  db: Writable;
  /** Told after the commit: screens refresh, and the sync is nudged. */
  changed(changes: Changed): void;
}

export type Query<N extends RequestName> = (context: QueryContext, input: Parsed<N>) => Output<N>;
export type Command<N extends RequestName> = (context: CommandContext, input: Parsed<N>) => Output<N>;
