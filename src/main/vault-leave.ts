/**
 * What a computer can keep secret, and what is kept on one that cannot.
 *
 * Security: where others could read what is kept, a secret of the person is kept only with their leave. It is asked for at every sealing, so a
 * changed mind counts at once.
 */
import type { KeychainState } from '../shared/contract/requests';
import type { Vault } from './desk-messages';

/** A vault that knows how well it keeps. */
export interface GradedVault extends Vault {
  keychain(): Promise<KeychainState>;
}

export function withLeave(vault: GradedVault, mayKeep: () => boolean): Vault {
  return {
    async seal(text) {
      if ((await vault.keychain()) === 'open' && !mayKeep())
        throw new Error('This computer has no keychain, and its person wants to be asked for the password each time.');
      return vault.seal(text);
    },
    // What was sealed here before was sealed with leave.
    open: (sealed) => vault.open(sealed),
  };
}
