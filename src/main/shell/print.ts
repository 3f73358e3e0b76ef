/** What the page has laid out for paper, as a PDF where the person says. */
import { writeFile } from 'node:fs/promises';
import { dialog, type BrowserWindow } from 'electron';
import type { Outcome } from '../../shared/contract/outcome';
import type { Log } from '../desk-messages';

/** Security: the path comes from the system's own dialog, never from the page. */
export async function printWindow(
  window: BrowserWindow | null,
  name: string,
  log: Log,
): Promise<Outcome<{ printed: boolean }>> {
  if (!window || window.isDestroyed()) return { ok: true, value: { printed: false } };
  const { filePath, canceled } = await dialog.showSaveDialog(window, {
    defaultPath: `${name.replace(/[<>:"/\\|?*\p{Cc}]/gu, ' ')}.pdf`,
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  if (canceled || !filePath) return { ok: true, value: { printed: true } };
  try {
    const pdf = await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
    await writeFile(filePath, pdf);
    return { ok: true, value: { printed: true } };
  } catch (error) {
    log.error('A PDF could not be written', error);
    const message = 'The PDF could not be written there. Choose another folder, or check that the disk is not full.';
    return { ok: false, problem: { kind: 'storage', reason: 'read-only', message } };
  }
}
