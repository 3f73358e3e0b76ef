import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openVault } from './browser/vault';
import { openServerMemory } from './server-memory';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const address = 'postgres://provost_client:s3cret@db.example:5432/provost';

function openMemory(dataDir = mkdtempSync(join(tmpdir(), 'provost-servers-')), given: string[] = []) {
  return { dataDir, memory: openServerMemory({ dataDir, vault: openVault(dataDir), log: quiet, given }) };
}

describe('the servers this desk has signed in to', () => {
  it('are known by their name at the next start, and are not on disk in plain words', async () => {
    const { dataDir, memory } = openMemory();
    await memory.remember(address);
    const later = openMemory(dataDir).memory;
    expect(await later.complete('db.example')).toBe(address);
    expect(await later.complete('postgres://provost_client@db.example/provost')).toBe(address);
    expect(readFileSync(join(dataDir, 'servers.json'), 'utf8')).not.toContain('s3cret');
  });

  it('are not mixed up with another server, another login or a password that was typed', async () => {
    const { memory } = openMemory();
    await memory.remember(address);
    for (const typed of [
      'other.example',
      'postgres://somebody@db.example/provost',
      'postgres://provost_client:new@db.example/provost',
      '',
    ]) {
      expect(await memory.complete(typed)).toBe(typed);
    }
  });

  it('include the one that this start came with', async () => {
    expect(await openMemory(undefined, [address]).memory.complete('db.example')).toBe(address);
  });
});
