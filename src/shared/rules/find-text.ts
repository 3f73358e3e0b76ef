/** Finding a text among others as people mean it, and putting another in its place. Pure. */

/** A text without case and accents: `Zoë ÖZIL` -> `zoe ozil`. */
export const foldText = (text: string): string =>
  isPlain(text) ? text.toLowerCase() : text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Nearly all texts are: asking costs a tenth of folding. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false;
  return true;
}

export interface Finding {
  text: string;
  matchCase: boolean;
  /** The whole cell, not a part of it. */
  whole: boolean;
}

export function isFound(shown: string, { text, matchCase, whole }: Finding): boolean {
  const [a, b] = matchCase ? [shown, text] : [foldText(shown), foldText(text)];
  return whole ? a.trim() === b.trim() : a.includes(b);
}

/** Every occurrence replaced; letters with accents are found by those without, and go as a whole. */
export function replaced(shown: string, finding: Finding, by: string): string {
  const { text, matchCase, whole } = finding;
  if (text === '' || !isFound(shown, finding)) return shown;
  if (whole) return by;
  if (matchCase) return shown.replaceAll(text, () => by);
  // Folding changes lengths, so that every folded letter remembers the one it came from.
  const letters = [...shown.matchAll(/\P{M}\p{M}*|\p{M}+/gu)].map(([letter]) => letter);
  const origin: number[] = [];
  let folded = '';
  letters.forEach((letter, i) => {
    const plain = foldText(letter);
    folded += plain;
    for (let at = 0; at < plain.length; at++) origin.push(i);
  });
  const wanted = foldText(text);
  if (wanted === '') return shown;
  let made = '';
  let done = 0;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const [first, last] = [origin[at]!, origin[at + wanted.length - 1]!];
    if (first < done) continue;
    made += letters.slice(done, first).join('') + by;
    done = last + 1;
  }
  return made + letters.slice(done).join('');
}
