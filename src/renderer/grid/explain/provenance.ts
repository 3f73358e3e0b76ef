import type { AuditEntry } from '../../../shared/contract/wire';
import { sentenceCase } from '../../../shared/rules/cell-text';
import { momentText } from '../../../shared/rules/date-text';

const ways: Record<string, string> = {
  typed: 'Typed',
  form: 'In the form',
  undo: 'By undo',
  redo: 'By redo',
  paste: 'Pasted',
  fill: 'Filled',
  replace: 'Replaced',
  resolve: 'Decided in the sync centre',
  restore: 'Restored',
  enroll: 'Enrolled',
  transfer: 'Transferred',
  board: 'On the board',
  prices: 'In the price matrix',
  move: 'Moved',
};

/** How something was done: "Pasted", "Import no. 12". */
export function howText(via: string): string {
  const number = /^import (\d+)$/.exec(via)?.[1];
  return number ? `Import no. ${number}` : (ways[via] ?? sentenceCase(via));
}

/** "Typed, Tunde Bakare, Lekki desk · 21 Oct, 16:05" */
export function provenance({ via, userName, databaseUser, deviceName, at }: AuditEntry, locale: string): string {
  const how = via ? howText(via) : null;
  const who = userName ?? (databaseUser ? `database user ${databaseUser}` : 'the system');
  return `${[how, who, deviceName].filter(Boolean).join(', ')} · ${momentText(at, locale)}`;
}
