/**
 * Secrets at rest, sealed with a key that the operating system keeps for this person.
 *
 * Security: on a Linux without a keychain the system would seal with a key that everybody knows. That is never done unasked.
 */
import type { SafeStorage } from 'electron';
import type { Vault } from '../desk-messages';

export type Keychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** `none`: nothing can be kept. `open`: what is kept can be read by whoever reads this person's files. */
export type KeychainLack = 'none' | 'open';

export interface SystemVaultParts {
  keychain: Keychain;
  platform: NodeJS.Platform;
  /** Says that there is no keychain; for `open`, asks whether to keep secrets all the same. Once a run, at the first secret. */
  askWithout(lack: KeychainLack): Promise<boolean>;
}

export function openSystemVault({ keychain, platform, askWithout }: SystemVaultParts): Vault {
  let asked: Promise<boolean> | null = null;
  async function needLeave(): Promise<void> {
    const isThere = await keychain.isAsyncEncryptionAvailable();
    const isOpen = platform === 'linux' && keychain.getSelectedStorageBackend() === 'basic_text';
    if (isThere && !isOpen) return;
    const isAllowed = await (asked ??= askWithout(isThere ? 'open' : 'none'));
    if (isThere && isAllowed) return;
    throw new Error(
      'This computer has no keychain to keep the session in, so you will be asked to sign in at every start.',
    );
  }
  return {
    async seal(text) {
      await needLeave();
      return (await keychain.encryptStringAsync(text)).toString('base64');
    },
    // What was sealed here before was sealed with leave.
    open: async (sealed) => (await keychain.decryptStringAsync(Buffer.from(sealed, 'base64'))).result,
  };
}
