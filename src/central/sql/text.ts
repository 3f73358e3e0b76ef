/** Writing SQL as text: literals, lists, and the frame every function stands in. */

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const textArray = (items: readonly string[]): string => `array[${items.map(quoted).join(', ')}]::text[]`;
export const lines = (parts: readonly string[], indent = 2): string =>
  parts.map((part) => ' '.repeat(indent) + part.replaceAll('\n', '\n' + ' '.repeat(indent))).join('\n');

interface FunctionFrame {
  /** Whose rights the body runs with. `caller`: whoever calls; `owner`: the tables' owner, for what must see past the policies. */
  as?: 'caller' | 'owner' | 'engine';
  language?: 'sql' | 'plpgsql';
  /** `stable` reads one snapshot from beginning to end. */
  kind?: 'volatile' | 'stable' | 'immutable';
  /** Settings in force while it runs. */
  settings?: readonly string[];
}

/**
 * `create function`, with what must never be forgotten.
 * Security: a function with rights of its own names its search path, so that nobody can slip another function or table under it.
 */
export function fn(signature: string, returns: string, frame: FunctionFrame, body: string): string {
  const { as = 'caller', language = 'plpgsql', kind = 'volatile', settings = [] } = frame;
  const path = as === 'caller' ? '' : ' security definer set search_path = pg_catalog, pg_temp';
  // A client may set these for its session: what a function does must not depend on it.
  const zone =
    as === 'engine' ? ` set timezone = 'UTC' set datestyle = 'ISO, YMD' set standard_conforming_strings = on` : '';
  const owner = as === 'engine' ? `\nalter function ${withoutDefaults(signature)} owner to provost_engine;` : '';
  return `create function ${signature} returns ${returns}\nlanguage ${language} ${kind}${path}${zone}${settings.map((setting) => ` set ${setting}`).join('')} as $fn$\n${body.trim()}\n$fn$;${owner}\n`;
}

const withoutDefaults = (signature: string): string => signature.replaceAll(/ default [^,)]+/g, '');

/** Months are left out when the plan runs; planning anew over all of them would cost each call many times the work itself. */
export const plannedOnce = ['plan_cache_mode = force_generic_plan'];
