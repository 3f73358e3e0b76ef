/** The log of the Electron rim: a file in the data folder, kept small, without secrets. */
import { join } from 'node:path';
import log from 'electron-log/main';
import type { Log } from '../desk-messages';
import { redact } from '../redact';

const LARGEST_FILE_BYTES = 2 * 1024 * 1024;

export function openLog(dataDir: string, isDevelopment: boolean): Log {
  log.transports.file.resolvePathFn = () => join(dataDir, 'logs', 'console.log');
  log.transports.file.maxSize = LARGEST_FILE_BYTES;
  log.transports.file.level = 'info';
  log.transports.console.level = isDevelopment ? 'warn' : false;
  log.transports.ipc.level = false;
  // Security: after this hook nothing secret is left for any transport.
  log.hooks.push((message) => ({ ...message, data: message.data.map((item: unknown) => redact(item)) }));
  return log;
}
