'use strict';
/**
 * The browser engine: the Chromium of the machine, driven by playwright-core from here, and by the journey from outside over DevTools.
 * Custom schemes do not exist in it, so `app://host/path` is shown as `http://host.app.console.localhost/path` (a secure context as well)
 * and answered by the handler that the main process registered.
 */
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');

const SUFFIX = '.console.localhost';
const FLAGS = [
  '--remote-debugging-port=0',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const schemes = new Map();
const listeners = { navigation: () => true, gone: () => undefined };
let context;
let isStopping = false;
let firstPage;

async function start() {
  const { chromium } = require('playwright-core');
  // An empty profile each time: after a kill -9 the engine of the run before may still be on its way out and hold its own.
  const profile = mkdtempSync(join(tmpdir(), 'standin-profile-'));
  process.once('exit', () => rmSync(profile, { recursive: true, force: true }));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: process.env.STANDIN_HEADED !== '1',
    viewport: null,
    acceptDownloads: true,
    args: FLAGS,
  });
  firstPage = context.pages()[0];
  context.on('close', () => {
    if (!isStopping) listeners.gone();
  });
  await context.route('**/*', serve);
  // The line that Playwright's `_electron.launch` waits for.
  const [port, path] = (await written(join(profile, 'DevToolsActivePort'))).split('\n');
  process.stderr.write(`\nDevTools listening on ws://127.0.0.1:${port}${path}\n`);
}

/** Chromium writes the file, two lines, at its own pace. */
async function written(file) {
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.includes('\n')) return text;
    await pause(20);
  }
}

async function stop() {
  isStopping = true;
  await context?.close().catch(() => undefined);
}

async function serve(route) {
  const request = route.request();
  const url = fromWeb(request.url());
  if (request.isNavigationRequest() && !isNavigationAllowed(request, url)) return route.abort('aborted');
  const handler = schemes.get(new URL(url).protocol.slice(0, -1))?.handler;
  if (!handler) return url === request.url() ? route.continue() : route.abort();
  try {
    const body = request.postDataBuffer() ?? undefined;
    const answer = await handler(
      new globalThis.Request(url, { method: request.method(), headers: request.headers(), body }),
    );
    const content = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body: content });
  } catch (error) {
    if (!isStopping) console.error('A custom protocol could not answer', error);
    await route.abort().catch(() => undefined);
  }
}

function isNavigationAllowed(request, url) {
  try {
    const frame = request.frame();
    return frame.parentFrame() !== null || listeners.navigation(frame.page(), url);
  } catch {
    // A page without a frame yet is one that `window.open` is about to make: the stand-in makes none.
    return false;
  }
}

/** A page for a new window: the one that Chromium opened with, then new ones. */
async function takePage() {
  const page = firstPage ?? (await context.newPage());
  firstPage = undefined;
  return page;
}

function toWeb(url) {
  const [, scheme, host, path] = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(.*)$/i.exec(url) ?? [];
  return schemes.has(scheme) ? `http://${host}.${scheme}${SUFFIX}${path || '/'}` : url;
}

function fromWeb(url) {
  const { hostname, pathname, search, hash } = new URL(url, 'about:blank');
  const [, host, scheme] = hostname.endsWith(SUFFIX)
    ? (/^(.*)\.([^.]+)$/.exec(hostname.slice(0, -SUFFIX.length)) ?? [])
    : [];
  return scheme ? `${scheme}://${host}${pathname}${search}${hash}` : url;
}

module.exports = {
  start,
  stop,
  takePage,
  toWeb,
  fromWeb,
  schemes,
  newSession: (page) => context.newCDPSession(page),
  /** `decide(page, url)` says whether a page may go there. */
  whenNavigating: (decide) => (listeners.navigation = decide),
  whenGone: (callback) => (listeners.gone = callback),
};
