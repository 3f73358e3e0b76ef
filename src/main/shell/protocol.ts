/** `app://provost/`: the built window under an origin of its own, so that no other page or file shares it. */
import { protocol } from 'electron';
import { consoleFile } from '../console-files';

const SCHEME = 'app';
export const consoleOrigin = `${SCHEME}://provost`;

/** Must be called before Electron is ready. */
export function declareConsoleScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the files below `root` once Electron is ready. */
export function serveConsole(root: string): void {
  protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== 'provost' || request.method !== 'GET') return new Response(null, { status: 404 });
    const { status, headers, body } = await consoleFile(root, pathname);
    return new Response(body, { status, headers });
  });
}
