/** What a person has set on this computer: the same rules whichever rim keeps it. */
import { requests, type Parsed, type Settings } from '../shared/contract/requests';

export interface SettingsStore {
  read(): Settings;
  /** Changes only what is named. Panels are changed one by one. */
  write(change: Parsed<'settings.write'>): Settings;
}

export const defaultSettings: Settings = {
  theme: 'system',
  density: 'normal',
  railCollapsed: false,
  programs: [],
  server: '',
  staySignedIn: null,
  panels: {},
};

const rules = requests['settings.write'].shape;

/** What a file holds, as far as it can be used: a value that no longer fits gives way to the default, and the others stay. */
export function settingsFrom(found: unknown): Settings {
  const kept: Record<string, unknown> = { ...defaultSettings };
  if (typeof found !== 'object' || found === null) return { ...defaultSettings };
  for (const [name, rule] of Object.entries(rules)) {
    const read = rule.safeParse((found as Record<string, unknown>)[name]);
    if (read.success && read.data !== undefined) kept[name] = read.data;
  }
  return kept as unknown as Settings;
}

export function changedSettings(now: Settings, { panels, server, ...change }: Parsed<'settings.write'>): Settings {
  const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return {
    ...now,
    ...named,
    ...(server === undefined ? {} : { server: withoutPassword(server) }),
    panels: { ...now.panels, ...panels },
  };
}

/** Security: the settings are a plain file, so the address kept there has no password in it. */
export function withoutPassword(address: string): string {
  return address
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^:/?#@\s]*):[^/?#\s]*@/i, '$1@')
    .replace(/([?&])password=[^&#]*&?/gi, '$1')
    .replace(/[?&]$/, '');
}
