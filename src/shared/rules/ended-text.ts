import type { TrailEntry } from '../contract/trail';

/** “Ended the sessions of Ada Obi on Front desk and Laptop”. Entries of an earlier release may not say where. */
export function endedText({ changes }: Pick<TrailEntry, 'changes'>, title: string): string {
  const desks = changes['signedInAt']?.[0];
  const names = Array.isArray(desks) ? [...new Set(desks.map(String))] : [];
  const on = names.length > 0 ? ` on ${new Intl.ListFormat('en-GB').format(names)}` : '';
  return `Ended the ${Array.isArray(desks) && desks.length === 1 ? 'session' : 'sessions'} of ${title}${on}`;
}
