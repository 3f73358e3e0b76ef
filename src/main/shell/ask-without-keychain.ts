import { BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { KeychainLack } from './vault';

/** Says what the lack of a keychain means, and asks where there is a choice. */
export async function askWithoutKeychain(lack: KeychainLack): Promise<boolean> {
  const window = BrowserWindow.getAllWindows()[0];
  const options = questions[lack];
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return lack === 'open' && response === 1;
}

const questions: Record<KeychainLack, MessageBoxOptions> = {
  none: {
    type: 'info',
    message: 'This computer’s keychain cannot be used',
    detail:
      'Provost keeps nothing that signs you in, so you will be asked for your password at every start. What you change is saved as always. Unlock or set up the keychain to stay signed in.',
    buttons: ['OK'],
  },
  open: {
    type: 'question',
    message: 'This computer has no keychain',
    detail:
      'Without one, what keeps you signed in, and the key of data that your server wants encrypted, can be read by whoever can read your files or a backup of them. You can sign in at every start instead; a server that wants data encrypted then lets you in only on a computer with a keychain. What you change is saved either way.',
    buttons: ['Ask me to sign in at every start', 'Keep me signed in'],
    defaultId: 0,
    cancelId: 0,
  },
};
