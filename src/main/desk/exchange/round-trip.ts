import { cellWords, type SourceCell } from '../../../shared/rules/source-cell';

/**
 * What travels with an exported file so that it can come back: who each row is, which version it was, and a fingerprint of every cell as it
 * was written. A cell whose fingerprint is the same was not touched in the file; one whose fingerprint no longer fits the row was changed by others.
 */

/** Headers of the three hidden columns. The entity is named, so that a file of courses is not taken for one of students. */
export const hiddenHeaders = (entity: string): [id: string, version: string, base: string] => [
  `provost:id:${entity}`,
  `provost:version:${entity}`,
  `provost:base:${entity}`,
];

export interface RoundTripColumns {
  entity: string;
  id: number;
  version: number;
  base: number;
}

export function roundTripOf(headers: readonly string[]): RoundTripColumns | null {
  const found = headers.flatMap((header) => /^provost:id:(\w+)$/.exec(header)?.[1] ?? [])[0];
  if (found === undefined) return null;
  const [id, version, base] = hiddenHeaders(found).map((header) => headers.indexOf(header)) as [number, number, number];
  return id >= 0 && base >= 0 ? { entity: found, id, version, base } : null;
}

export const isHidden = (header: string): boolean => /^provost:(id|version|base):/.test(header);

/** 53 bits of a text (cyrb53, public domain): enough to tell that a cell was touched. */
export function fingerprint(cell: SourceCell | undefined): string {
  const text = cellWords(cell).replace(/\r\n?/g, '\n').trim();
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & b) + (a >>> 0)).toString(36);
}

export function readBase(cell: SourceCell | undefined): Record<string, string> {
  try {
    const value: unknown = JSON.parse(cellWords(cell));
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
  } catch {
    return {};
  }
}
