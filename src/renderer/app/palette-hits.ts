import type { SearchHit } from '../../shared/contract/requests';
import { entityOf } from '../../shared/entities';
import { pathOf } from '../client/paths';
import type { ConsoleCommand } from './commands';

/** One line of the palette. */
export interface Hit {
  id: string;
  group: 'Recent' | 'Records' | 'Questions' | 'Screens' | 'Actions';
  label: string;
  hint?: string;
  /** What sort of record it is. */
  kind?: string;
  keys?: string | undefined;
  act: () => void;
}

const perGroup = 9;

/** Records first, as those are what is searched most (those looked at last, before anything is typed); then questions, screens and actions whose names hold every word typed. */
export function found(
  text: string,
  commands: readonly ConsoleCommand[],
  records: readonly SearchHit[],
  goTo: (path: string) => void,
  recent: readonly SearchHit[] = [],
): Hit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = commands.filter(({ label, words: also = '' }) =>
    words.every((word) => `${label} ${also}`.toLowerCase().includes(word)),
  );
  const ofGroup = (group: ConsoleCommand['group']): Hit[] =>
    matching.filter((command) => command.group === group).slice(0, perGroup);
  const isAsked = text.trim().length >= 2;
  return [
    ...(isAsked ? records : words.length === 0 ? recent : []).map(({ entity, id, title, hint }) => ({
      id,
      group: isAsked ? ('Records' as const) : ('Recent' as const),
      label: title,
      hint,
      kind: entityOf(entity).labels.one,
      act: () => goTo(pathOf(entity, id)),
    })),
    // Before anything is typed they would only stand in the way.
    ...(words.length > 0 ? ofGroup('Questions') : []),
    ...ofGroup('Screens'),
    ...ofGroup('Actions'),
  ];
}
