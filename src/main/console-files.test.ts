import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { consoleFile } from './console-files';

let root = '';
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'provost-files-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<style nonce="__NONCE__"></style><meta content="__NONCE__">');
  writeFileSync(join(root, 'assets', 'index-abc.js'), 'start()');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  mkdirSync(join(folder, 'renderer-other'));
  writeFileSync(join(folder, 'renderer-other', 'x.txt'), 'secret');
});

describe('the files of the window', () => {
  it('gives the page a new nonce each time, the same in the page and in its policy', async () => {
    const [one, other] = [await consoleFile(root, '/'), await consoleFile(root, '/')];
    const policy = one.headers['content-security-policy'] ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(one.body.toString().split(nonce)).toHaveLength(3);
    expect(other.body.toString()).not.toContain(nonce);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain('unsafe');
  });

  it('gives the page for every screen of the console', async () => {
    expect((await consoleFile(root, '/curriculum/courses')).headers['content-type']).toContain('text/html');
  });

  it('serves assets with their type, to be kept for ever', async () => {
    const file = await consoleFile(root, '/assets/index-abc.js');
    expect(file).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
    expect(file.headers['cache-control']).toContain('immutable');
  });

  it('serves nothing from outside its folder', async () => {
    const tries = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
      '/%00.html',
      '/%',
    ];
    for (const path of [...tries, '/../renderer-other/x.txt', '//etc/passwd.txt', '/missing.js']) {
      const file = await consoleFile(root, path);
      expect([path, file.status >= 400, file.body.includes('secret')]).toEqual([path, true, false]);
    }
  });
});
