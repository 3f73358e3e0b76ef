export const onMac = /Mac/.test(navigator.userAgent);

/** `mod+shift+z` -> `Ctrl Shift Z`. */
export function keysText(keys: string): string {
  const names: Record<string, string> = {
    mod: onMac ? '⌘' : 'Ctrl',
    shift: 'Shift',
    alt: 'Alt',
    escape: 'Esc',
    arrowdown: '↓',
  };
  return keys
    .split('+')
    .map((key) => names[key] ?? key.charAt(0).toUpperCase() + key.slice(1))
    .join(' ');
}
