/**
 * Security: what a page may not do, whatever it loads. Navigate away, open windows, embed other pages, ask for the camera or the like.
 * Only links that lead to the web are handed to the system's browser.
 */
import { app, session, shell, type WebContents } from 'electron';
import { isWebAddress } from './web-address';

/** Copying a range out of a grid needs this one; everything else is refused. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-sanitized-write']);

/** `trusted` tells whether an address is the console itself. Call once Electron is ready and before the first window. */
export function lockPages(trusted: (url: string) => boolean): void {
  session.defaultSession.setPermissionRequestHandler((contents, permission, decide) =>
    decide(ALLOWED_PERMISSIONS.has(permission) && trusted(contents.getURL())),
  );
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) => ALLOWED_PERMISSIONS.has(permission) && trusted(`${origin.replace(/\/$/, '')}/`),
  );
  app.on('web-contents-created', (_event, contents) => lockContents(contents, trusted));
}

function lockContents(contents: WebContents, trusted: (url: string) => boolean): void {
  const stayHere = (event: { preventDefault(): void; url: string }) => {
    if (trusted(event.url)) return;
    event.preventDefault();
    openOutside(event.url);
  };
  contents.on('will-navigate', stayHere);
  contents.on('will-redirect', stayHere);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

function openOutside(url: string): void {
  if (isWebAddress(url)) void shell.openExternal(url);
}
