/**
 * Exchange by file: what waits here, for somebody to carry to a desk with internet; what was carried here, for the server; and receipts back.
 *
 * Invariant: what goes into a file has its numbers, durably, before the file is written. Sent directly later it is known to have arrived.
 */
import { statSync } from 'node:fs';
import type { StoredFile } from '../../../shared/contract/exchange';
import { Refusal } from '../../../shared/contract/outcome';
import type { Parsed } from '../../../shared/contract/requests';
import type { Brought, BundleCounts } from '../../../shared/contract/sync';
import { protocol, type MutationResult, type MutationStatus } from '../../../shared/contract/wire';
import { newId } from '../../../shared/model';
import { readWhole, writeWhole } from '../exchange/disk-file';
import { mergeChanged, type Changed } from '../local/changed';
import { getMeta } from '../local/meta';
import { counts } from '../local/outbox';
import { inTransaction } from '../local/statements';
import { settle } from '../local/write';
import { signedOut } from '../problems';
import { brought as broughtAnswer, receiptContent, understand } from '../remote/answers';
import type { Session } from '../session';
import { keyName, openFile, readHeader, sealFile } from './bundle-file';
import { deviceOf, take } from './push';

const MOST = 500;
const MOST_BYTES = 16_000_000;
const LARGEST_FILE = 64_000_000;

/** Everything that waits, oldest first, as a file; what does not fit goes into the next one. */
export function saveBundle(session: Session): StoredFile & { changes: number; more: number } {
  const { token } = session.online();
  const { store, exchange } = session;
  const db = store.writer;
  const mutations = take(db, MOST, MOST_BYTES);
  if (mutations.length === 0)
    throw new Refusal({ kind: 'not-found', message: 'Nothing waits to be sent, so there is nothing to carry.' });
  const { userId, fullName } = session.facts();
  const at = session.context().now();
  const header = {
    ...{ id: newId(at), userId, key: keyName(token), deviceId: deviceOf(db), epoch: getMeta(db, 'epoch') ?? '' },
    ...{ at, author: fullName, changes: mutations.length },
  };
  const day = new Date(at).toISOString().slice(0, 10);
  const text = sealFile('PROVOST-BUNDLE 1', header, JSON.stringify({ mutations }), token);
  const file = write(exchange, `Changes of ${fullName} ${day}.provost-bundle`, text);
  return { ...file, changes: mutations.length, more: counts(db).waiting - mutations.length };
}

function write({ files }: Session['exchange'], name: string, text: string): StoredFile {
  const file = files.begin(name.replace(/[/\\:*?"<>|]/g, ' '), null);
  writeWhole(files.place(file), text);
  return files.stored(file);
}

/** Reads a file that was carried here: changes go to the server, at first as a rehearsal; receipts are filed on this desk. */
export async function bring(session: Session, { file, commit }: Parsed<'sync.bring'>): Promise<Brought> {
  const { files } = session.exchange;
  const place = files.place(file);
  const text = statSync(place.path).size > LARGEST_FILE ? '' : readWhole(place).toString();
  const read = readHeader(text);
  if (!read) throw refused('damaged');
  return read.kind === 'PROVOST-RECEIPT 1' ? fileReceipt(session, text) : carry(session, text, commit);
}

async function carry(session: Session, text: string, commit: boolean): Promise<Brought> {
  const { remote, token } = session.online();
  const answer = understand(broughtAnswer, await remote.call('bring', [token, protocol, text, !commit]));
  if ('err' in answer) {
    if (answer.err === 'signed-out') throw signedOut();
    throw refused(answer.err);
  }
  const { userName, deviceName, at, changes, statuses, already, receipt } = answer;
  const receiptFile = receipt ? write(session.exchange, `Receipt for ${userName}.provost-receipt`, receipt) : null;
  if (commit) session.sync?.nudge();
  return {
    kind: 'changes',
    ...{ author: userName, desk: deviceName, at, changes, counts: countOf(statuses), committed: commit },
    ...{ already: already ?? null, receipt: receiptFile },
  };
}

/** Works without a connection: what came of the changes is in the file. */
function fileReceipt(session: Session, text: string): Brought {
  const { token } = session.online();
  const content = openFile(text, token);
  if (content === null) throw refused('not-my-receipt');
  const { results } = understand(receiptContent, JSON.parse(content));
  const changed: Changed = new Map();
  const db = session.store.writer;
  inTransaction(db, () => {
    for (const result of results) mergeChanged(changed, settle(db, result.id, result as MutationResult));
  });
  session.context().changed(changed);
  return { kind: 'receipt', changes: results.length, counts: countOf(results.map(({ status }) => status)) };
}

function countOf(statuses: readonly MutationStatus[]): BundleCounts {
  const of = (...names: MutationStatus[]): number => statuses.filter((status) => names.includes(status)).length;
  return { apply: of('applied', 'noop'), merge: of('merged'), conflict: of('conflict'), refuse: of('rejected') };
}

const words: Record<string, string> = {
  damaged:
    'This file was changed or damaged on its way, or is no file of Provost. Nothing of it was used. Ask its author to save it again.',
  'wrong-server':
    'This file is meant for another server than the one this desk works with. Bring it to a desk of that server.',
  'unknown-author':
    'The server does not know who this file is from, or it was changed on its way. Ask its author to sign in and save it again.',
  'author-signed-out':
    'The desk this file is from was signed out since, so its files count no more. Its author signs in there again and saves the changes again.',
  'author-revoked':
    'The author of this file may not use the console any more. A program admin or a super admin can change that.',
  'not-carrier':
    'You may not bring changes of this person. A coordinator or an admin of one of their programs can, or they themselves at any desk.',
  gap: 'Changes this desk made earlier are missing. Bring the earlier file of the same desk first.',
  fork: 'The server knows other changes under the same numbers: that desk was restored from a copy. Connect it once; it sorts this out by itself.',
  'device-owner':
    'The server knows the desk of this file as somebody else’s. Connect that desk once; it sorts this out by itself.',
  'too-large': 'This file holds more than the server takes at once. Ask its author to connect that desk.',
  'protocol-too-old':
    'This console is older than the server allows. Install the latest Provost, then bring the file again.',
  'not-my-receipt':
    'This receipt is not for you at this desk, or was changed on its way. Nothing is lost: once connected, the desk asks the server itself.',
};

const refused = (err: string): Refusal =>
  new Refusal({
    kind: 'conflict',
    message: words[err] ?? 'The server did not take this file. Nothing of it was used.',
  });
