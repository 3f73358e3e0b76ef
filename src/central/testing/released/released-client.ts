/** What a released console says, as it was written down by `scripts/record-client.ts`: never changed afterwards. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Op } from '../../../shared/contract/wire';

export interface ReleasedClient {
  protocol: number;
  /** The columns it loads, and the fields it expects of a row. */
  entities: Record<string, { columns: string[]; fields: string[] }>;
  /** With `{program}` and `{user}` in the place of ids. */
  mutations: Op[][];
}

export function readClient(protocol: number, ids: { program: string; user: string }): ReleasedClient {
  const text = readFileSync(join(import.meta.dirname, `protocol-${protocol}.json`), 'utf8');
  return JSON.parse(text.replaceAll('{program}', ids.program).replaceAll('{user}', ids.user)) as ReleasedClient;
}
