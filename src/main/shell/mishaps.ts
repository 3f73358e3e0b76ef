/** A bug that nothing caught: written down in full, told in one sentence. */
import { app, dialog } from 'electron';
import type { Log } from '../desk-messages';

export function watchForMishaps(log: Log): void {
  let isTold = false;
  process.on('uncaughtException', (error) => {
    log.error('Nothing caught this', error);
    if (isTold) return;
    isTold = true;
    dialog.showErrorBox(
      'Provost has to close',
      'Something went wrong inside the console. Every edit that was saved is safe on this computer; open the console again to go on.',
    );
    app.exit(1);
  });
  process.on('unhandledRejection', (reason) => log.error('Nothing caught this promise', reason));
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (reason !== 'clean-exit') log.warn(`A helper process (${type}) stopped: ${reason}`);
  });
}
