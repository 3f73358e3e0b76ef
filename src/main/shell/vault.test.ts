import { describe, expect, it } from 'vitest';
import { withLeave } from '../vault-leave';
import { openSystemVault, type Keychain } from './vault';

function vaultOn(backend: ReturnType<Keychain['getSelectedStorageBackend']>, isThere = true) {
  const keychain: Keychain = {
    isAsyncEncryptionAvailable: () => Promise.resolve(isThere),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from([...text].reverse().join(''))),
    decryptStringAsync: (bytes) =>
      Promise.resolve({ result: [...bytes.toString()].reverse().join(''), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => backend,
  };
  return openSystemVault(keychain, 'linux');
}

describe('the vault of the system', () => {
  it('seals with the keychain, whatever the person said of computers without one', async () => {
    const graded = vaultOn('gnome_libsecret');
    const vault = withLeave(graded, () => false);
    const sealed = await vault.seal('token');
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('token');
    expect(await vault.open(sealed)).toBe('token');
    expect(await graded.keychain()).toBe('safe');
  });

  it('keeps nothing under a key that everybody knows, unless the person says so, and a changed mind counts at once', async () => {
    let mayKeep = false;
    const graded = vaultOn('basic_text');
    const vault = withLeave(graded, () => mayKeep);
    expect(await graded.keychain()).toBe('open');
    await expect(vault.seal('token')).rejects.toThrow('no keychain');
    mayKeep = true;
    const sealed = await vault.seal('token');
    mayKeep = false;
    await expect(vault.seal('token')).rejects.toThrow('no keychain');
    expect(await vault.open(sealed)).toBe('token');
  });

  it('keeps nothing where the keychain cannot be used, whatever is answered', async () => {
    const graded = vaultOn('gnome_libsecret', false);
    expect(await graded.keychain()).toBe('none');
    await expect(withLeave(graded, () => true).seal('token')).rejects.toThrow('cannot be used');
  });
});
