/**
 * Secrets at rest, sealed with a key that the operating system keeps for this person.
 *
 * Security: on a Linux without a keychain the system seals with a key that everybody knows; `keychain` says so, and `withLeave` asks.
 */
import type { SafeStorage } from 'electron';
import type { GradedVault } from '../vault-leave';

export type Keychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export function openSystemVault(keychain: Keychain, platform: NodeJS.Platform): GradedVault {
  return {
    async keychain() {
      if (!(await keychain.isAsyncEncryptionAvailable())) return 'none';
      return platform === 'linux' && keychain.getSelectedStorageBackend() === 'basic_text' ? 'open' : 'safe';
    },
    async seal(text) {
      if (!(await keychain.isAsyncEncryptionAvailable()))
        throw new Error('The keychain of this computer cannot be used.');
      return (await keychain.encryptStringAsync(text)).toString('base64');
    },
    open: async (sealed) => (await keychain.decryptStringAsync(Buffer.from(sealed, 'base64'))).result,
  };
}
