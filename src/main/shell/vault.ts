/** Secrets at rest, sealed with a key that the operating system keeps for this person. */
import { safeStorage } from 'electron';
import type { Vault } from '../desk-messages';

export const systemVault: Vault = {
  async seal(text) {
    await needKeychain();
    return (await safeStorage.encryptStringAsync(text)).toString('base64');
  },
  async open(sealed) {
    await needKeychain();
    return (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
  },
};

async function needKeychain(): Promise<void> {
  if (await safeStorage.isAsyncEncryptionAvailable()) return;
  throw new Error(
    'This computer has no keychain to keep the session in, so you will be asked to sign in at every start.',
  );
}
