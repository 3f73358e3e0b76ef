/**
 * The menu. Its orders go to the window, which carries them out.
 *
 * The keys are shown here and handled by the window, which also has to know them in a browser: a key that the menu took as well would act
 * twice, and Ctrl+Z would undo a saved edit while somebody corrects a word in a text field.
 */
import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/contract/requests';

type Item = MenuItemConstructorOptions;

/** `choose` gets what a person chose. */
export function setMenu(choose: (command: MenuCommand) => void, isDevelopment: boolean): void {
  const order = (label: string, command: MenuCommand, keys?: string): Item => ({
    id: command,
    label,
    ...(keys ? { accelerator: keys, registerAccelerator: false } : {}),
    click: () => choose(command),
  });
  const line: Item = { type: 'separator' };

  const file: Item[] = [
    order('New row', 'new-row', 'CmdOrCtrl+Shift+N'),
    line,
    order('Sync now', 'sync-now', 'F9'),
    line,
    order('Sign out…', 'sign-out'),
    { role: process.platform === 'darwin' ? 'close' : 'quit', label: process.platform === 'darwin' ? 'Close' : 'Quit' },
  ];
  const edit: Item[] = [
    order('Undo', 'undo', 'CmdOrCtrl+Z'),
    order('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
    line,
    { role: 'cut', label: 'Cut', registerAccelerator: false },
    { role: 'copy', label: 'Copy', registerAccelerator: false },
    { role: 'paste', label: 'Paste', registerAccelerator: false },
    { role: 'selectAll', label: 'Select all', registerAccelerator: false },
    line,
    order('Search everything', 'search', 'CmdOrCtrl+K'),
  ];
  const view: Item[] = [
    order('Light or dark', 'toggle-theme'),
    line,
    { role: 'resetZoom', label: 'Usual size' },
    { role: 'zoomIn', label: 'Larger' },
    { role: 'zoomOut', label: 'Smaller' },
    { role: 'togglefullscreen', label: 'Full screen' },
    ...(isDevelopment ? [line, { role: 'reload' } as Item, { role: 'toggleDevTools' } as Item] : []),
  ];
  const help: Item[] = [
    order('Keyboard shortcuts', 'shortcuts', 'CmdOrCtrl+/'),
    line,
    { id: 'about', label: `About ${app.getName()}`, click: () => app.showAboutPanel() },
  ];

  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as Item] : []),
      { label: 'File', submenu: file },
      { label: 'Edit', submenu: edit },
      { label: 'View', submenu: view },
      { role: 'windowMenu', label: 'Window' },
      { role: 'help', label: 'Help', submenu: help },
    ]),
  );
}

export function sendOrder(window: BrowserWindow | null, command: MenuCommand): void {
  if (window && !window.isDestroyed()) window.webContents.send('event', 'menu.chosen', { command });
}
