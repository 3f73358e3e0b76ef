/** Security: what must not stand in a log. Every line of both rims passes through here. */
const SECRET_NAMES = /password|passphrase|token|secret|cookie|ticket|authorization/i;
const DEEPEST = 6;
const HIDDEN = '[hidden]';

/** The same thing with its secrets hidden: in addresses, in `name=value` texts, and under telling names. */
export function redact(thing: unknown, depth = 0): unknown {
  if (typeof thing === 'string') return redactText(thing);
  if (thing instanceof Error) return redactText(thing.stack ?? thing.message);
  if (typeof thing !== 'object' || thing === null) return thing;
  if (depth >= DEEPEST) return '[…]';
  if (Array.isArray(thing)) return thing.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(thing).map(([name, value]) => [name, SECRET_NAMES.test(name) ? HIDDEN : redact(value, depth + 1)]),
  );
}

function redactText(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/]*@/gi, `$1:${HIDDEN}@`)
    .replace(
      /\b(password|passphrase|token|secret|ticket)(["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s&,;)]+)/gi,
      `$1$2${HIDDEN}`,
    );
}
