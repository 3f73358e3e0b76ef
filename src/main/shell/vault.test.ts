import { describe, expect, it } from 'vitest';
import { openSystemVault, type Keychain, type KeychainLack } from './vault';

function vaultOn(backend: ReturnType<Keychain['getSelectedStorageBackend']>, isThere = true, says = false) {
  const asked: KeychainLack[] = [];
  const keychain: Keychain = {
    isAsyncEncryptionAvailable: () => Promise.resolve(isThere),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from([...text].reverse().join(''))),
    decryptStringAsync: (bytes) =>
      Promise.resolve({ result: [...bytes.toString()].reverse().join(''), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => backend,
  };
  const askWithout = (lack: KeychainLack) => {
    asked.push(lack);
    return Promise.resolve(says);
  };
  return { asked, vault: openSystemVault({ keychain, platform: 'linux', askWithout }) };
}

describe('the vault of the system', () => {
  it('seals with the keychain and asks nothing', async () => {
    const { vault, asked } = vaultOn('gnome_libsecret');
    const sealed = await vault.seal('token');
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('token');
    expect(await vault.open(sealed)).toBe('token');
    expect(asked).toEqual([]);
  });

  it('keeps nothing under a key that everybody knows, unless the person says so, and asks once', async () => {
    const refused = vaultOn('basic_text');
    await expect(refused.vault.seal('token')).rejects.toThrow('no keychain');
    await expect(refused.vault.seal('login')).rejects.toThrow('sign in at every start');
    expect(refused.asked).toEqual(['open']);
    const allowed = vaultOn('basic_text', true, true);
    expect(await allowed.vault.open(await allowed.vault.seal('token'))).toBe('token');
    await allowed.vault.seal('login');
    expect(allowed.asked).toEqual(['open']);
  });

  it('keeps nothing where the keychain cannot be used, whatever is answered', async () => {
    const { vault, asked } = vaultOn('gnome_libsecret', false, true);
    await expect(vault.seal('token')).rejects.toThrow('no keychain');
    expect(asked).toEqual(['none']);
  });
});
