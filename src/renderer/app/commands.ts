import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { MenuCommand } from '../../shared/contract/requests';
import type { SessionFacts } from '../../shared/contract/wire';
import { entityOf } from '../../shared/entities';
import { whyNot } from '../../shared/rules/permit';
import { useCommand, useEvent, useSettings } from '../client/hooks';
import { pathOf, toAdd } from '../client/paths';
import { areasFor, gridsOf, screensOf } from './areas';
import { questionsFor } from './questions';
import { useShortcuts } from './shortcuts';
import { useSignOut } from './sign-out';
import { useHistory } from './undo';

/** Something the person can have done from anywhere: by its keys, from the palette, or from the menu of the window. */
export interface ConsoleCommand {
  id: string;
  group: 'Questions' | 'Screens' | 'Actions';
  label: string;
  /** What else people call it; found by these too. */
  words?: string;
  keys?: string;
  whileTyping?: boolean;
  act: () => void;
}

export type Overlay = 'palette' | 'shortcuts' | 'history' | 'certificate' | null;

/** Every command of the window, with its keys and its menu entries bound. */
export function useCommands(user: SessionFacts) {
  const [shown, show] = useState<Overlay>(null);
  const [, goTo] = useLocation();
  const { settings, change } = useSettings();
  const history = useHistory();
  const { run: syncNow } = useCommand('sync.now');
  const signOut = useSignOut();
  const toggleRail = () => change({ railCollapsed: !settings.railCollapsed });

  const screens = useMemo(() => screensFor(user), [user]);
  const questions = useMemo(() => questionsFor(user), [user]);
  const actions: Record<
    Exclude<MenuCommand, 'new-row'> | 'toggle-rail' | 'history' | 'certificate',
    Omit<ConsoleCommand, 'id' | 'group'>
  > = {
    search: { label: 'Search everything', keys: 'mod+k', whileTyping: true, act: () => show('palette') },
    undo: { label: 'Undo', keys: 'mod+z', act: () => void history.undo() },
    redo: { label: 'Redo', keys: 'mod+shift+z', act: () => void history.redo() },
    history: { label: 'Show what can be undone', keys: 'mod+alt+z', act: () => show('history') },
    'sync-now': { label: 'Send and receive now', keys: 'mod+shift+s', act: () => void syncNow({}) },
    'toggle-rail': { label: 'Fold or unfold the areas at the left', keys: 'mod+b', whileTyping: true, act: toggleRail },
    'toggle-theme': {
      label: 'Switch between light and dark',
      act: () =>
        change({ theme: document.documentElement.dataset['mantineColorScheme'] === 'dark' ? 'light' : 'dark' }),
    },
    certificate: { label: 'Verify a certificate', act: () => show('certificate') },
    shortcuts: { label: 'Show the keyboard shortcuts', keys: '?', act: () => show('shortcuts') },
    'sign-out': { label: 'Sign out', act: () => void signOut() },
  };
  const additions = useMemo(() => additionsOf(user), [user]);
  const commands: ConsoleCommand[] = [
    ...Object.entries(actions).map(([id, action]) => ({ id, group: 'Actions' as const, ...action })),
    ...additions.map(({ path, label }) => ({ id: path, group: 'Actions' as const, label, act: () => goTo(path) })),
    ...questions.map(({ ask, words, path }) => ({
      ...{ id: ask, group: 'Questions' as const, label: ask, words },
      act: () => goTo(path),
    })),
    ...screens.map(({ path, ...screen }) => ({
      ...screen,
      id: path,
      group: 'Screens' as const,
      act: () => goTo(path),
    })),
  ];

  useShortcuts(commands.flatMap(({ keys, ...command }) => (keys ? [{ keys, ...command }] : [])));
  useEvent('menu.chosen', ({ command }) => {
    // Whichever grid is on show listens for `new-row` itself.
    if (command !== 'new-row') actions[command].act();
  });
  return { commands, history, shown, show, settings, toggleRail };
}

/** Whatever this person may add, from anywhere. */
const additionsOf = (user: SessionFacts): { path: string; label: string }[] =>
  areasFor(user)
    .flatMap((area) => gridsOf(area, user))
    .filter((name) => whyNot(user, entityOf(name), 'create') === null)
    .map((name) => ({
      path: pathOf(name, toAdd),
      label: name === 'course_enrollments' ? 'Enroll a student' : `Add ${entityOf(name).labels.one.toLowerCase()}`,
    }));

function screensFor(user: SessionFacts): { path: string; label: string; keys?: string }[] {
  return areasFor(user).flatMap((area, at) => [
    { path: area.path, label: area.label, keys: `alt+${at + 1}` },
    ...screensOf(area, user).map(({ path, label }) => ({ path, label: `${area.label}: ${label.toLowerCase()}` })),
    ...gridsOf(area, user).flatMap((name) =>
      entityOf(name).labels.many === area.label
        ? []
        : [{ path: pathOf(name), label: `${area.label}: ${entityOf(name).labels.many.toLowerCase()}` }],
    ),
  ]);
}
