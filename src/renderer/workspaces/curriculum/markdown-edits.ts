/** What the buttons above a Markdown text do, as plain changes: what is replaced, by what, and what is selected afterwards. */
export interface TextEdit {
  from: number;
  to: number;
  insert: string;
  select: { from: number; to: number };
}

interface Range {
  from: number;
  to: number;
}

/** Puts a mark around the selection, or takes it away where it stands already. */
export function wrapped(text: string, { from, to }: Range, mark: string): TextEdit {
  const size = mark.length;
  const inside = text.slice(from, to);
  if (text.slice(from - size, from) === mark && text.slice(to, to + size) === mark && !isLonger(text, from, to, mark))
    return { from: from - size, to: to + size, insert: inside, select: { from: from - size, to: to - size } };
  return { from, to, insert: `${mark}${inside}${mark}`, select: { from: from + size, to: to + size } };
}

/** `**` around a word is not an emphasis (`*`) around it. */
const isLonger = (text: string, from: number, to: number, mark: string): boolean =>
  mark === '*' &&
  text.slice(from - 2, from) === '**' &&
  text.slice(to, to + 2) === '**' &&
  text.slice(from - 3, from) !== '***';

export type LineMark = 'h2' | 'h3' | 'list' | 'numbered' | 'quote';

const patterns: Record<LineMark, RegExp> = {
  h2: /^## /,
  h3: /^### /,
  list: /^[-*+] /,
  numbered: /^\d+[.)] /,
  quote: /^> ?/,
};
const anyMark = /^(#{1,6} |[-*+] |\d+[.)] |> ?)/;

/** Makes every selected line a heading, an item or a quotation, or a plain line again where all of them are that already. */
export function lined(text: string, { from, to }: Range, mark: LineMark): TextEdit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to);
  const lines = text.slice(start, end).split('\n');
  const written = lines.filter((line) => line.trim() !== '' || lines.length === 1);
  const isOn = written.every((line) => patterns[mark].test(line));
  let count = 0;
  const insert = lines
    .map((line) => {
      if (line.trim() === '' && lines.length > 1) return line;
      if (isOn) return line.replace(patterns[mark], '');
      count++;
      return prefixOf(mark, count) + line.replace(anyMark, '');
    })
    .join('\n');
  const isPoint = from === to;
  const at = Math.max(start, from + insert.length - (end - start));
  return {
    from: start,
    to: end,
    insert,
    select: isPoint ? { from: at, to: at } : { from: start, to: start + insert.length },
  };
}

const prefixOf = (mark: LineMark, count: number): string =>
  ({ h2: '## ', h3: '### ', list: '- ', numbered: `${count}. `, quote: '> ' })[mark];

/** Makes the selection a link, with the address to be typed over. */
export function linked(text: string, { from, to }: Range): TextEdit {
  const inside = text.slice(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(inside);
  const words = isAddress ? 'words' : inside || 'words';
  const address = isAddress ? inside : 'https://';
  const insert = `[${words}](${address})`;
  const begin = isAddress || inside === '' ? from + 1 : from + words.length + 3;
  return {
    from,
    to,
    insert,
    select: { from: begin, to: begin + (isAddress || inside === '' ? words : address).length },
  };
}
