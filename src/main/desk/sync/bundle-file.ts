/**
 * The file that carries changes, or receipts for them, between a desk and its server by hand. See `central/sql/bundle.ts`, which reads and writes
 * the same.
 *
 * Security: whoever holds the file can neither read nor change it: both keys follow from the session's token. The header is for anybody to read
 * and is signed with the rest.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isId } from '../../../shared/model';

const id = z.string().refine(isId);
const bundleHeader = z.object({
  id,
  userId: id,
  /** Which session of the person the keys are of. */
  key: z.string().length(64),
  deviceId: id,
  epoch: z.string(),
  at: z.number(),
  author: z.string(),
  changes: z.number(),
});
export type BundleHeader = z.infer<typeof bundleHeader>;

export type FileKind = 'PROVOST-BUNDLE 1' | 'PROVOST-RECEIPT 1';

const keyOf = (token: string, purpose: string): Buffer =>
  createHmac('sha256', createHash('sha256').update(token).digest()).update(`provost bundle ${purpose}`).digest();
export const keyName = (token: string): string => keyOf(token, 'name').toString('hex');

const signatureOf = (token: string, lines: string): string =>
  createHmac('sha256', keyOf(token, 'signature')).update(lines).digest('hex');

export function sealFile(kind: FileKind, header: BundleHeader, content: string, token: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', keyOf(token, 'cipher'), iv);
  const sealed = Buffer.concat([iv, cipher.update(content, 'utf8'), cipher.final()]).toString('base64');
  const lines = [kind, Buffer.from(JSON.stringify(header)).toString('base64'), sealed].join('\n');
  return `${lines}\n${signatureOf(token, lines)}\n`;
}

/** What anybody may read; null where it is no file of ours. */
export function readHeader(text: string): { kind: FileKind; header: BundleHeader } | null {
  const [kind, encoded = ''] = text.split('\n', 2);
  if (kind !== 'PROVOST-BUNDLE 1' && kind !== 'PROVOST-RECEIPT 1') return null;
  try {
    return { kind, header: bundleHeader.parse(JSON.parse(Buffer.from(encoded, 'base64').toString())) };
  } catch {
    return null;
  }
}

/** What is in a file sealed with this token; null where it was sealed with another, or changed since. */
export function openFile(text: string, token: string): string | null {
  const parts = text.split('\n');
  const [kind, header, sealed = '', signature = '', end] = parts;
  if (parts.length !== 5 || end !== '') return null;
  const expected = Buffer.from(signatureOf(token, [kind, header, sealed].join('\n')));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', keyOf(token, 'cipher'), bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString();
}
