import { expect, test } from 'vitest';
import { previewLimit, previewPart, safeHtml } from './markdown-html';

test('a lesson cannot run anything in the window of who reads it', () => {
  const html = safeHtml(
    '<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n[go](javascript:alert(1)) ![a](javascript:alert(1))',
  );
  const page = document.createElement('div');
  page.innerHTML = html;
  expect(page.querySelector('script')).toBeNull();
  expect(
    [...page.querySelectorAll('*')].some((one) => one.getAttributeNames().some((name) => name.startsWith('on'))),
  ).toBe(false);
  expect(html).not.toContain('href="javascript:');
  expect(html).not.toContain('src="javascript:');
});

test('HTML in a lesson is shown as it is written', () => {
  const page = document.createElement('div');
  page.innerHTML = safeHtml('Press <b>hard</b>.');
  expect(page.textContent).toContain('<b>hard</b>');
});

test('links open elsewhere, without a way back', () => {
  expect(safeHtml('[film](https://video.example)')).toMatch(/target="_blank".*rel="noopener noreferrer"/);
});

test('of a very long lesson the beginning is drawn, up to the end of a line', () => {
  const { part, isCut } = previewPart('a line of words\n'.repeat(20_000));
  expect(isCut).toBe(true);
  expect(part.length).toBeLessThanOrEqual(previewLimit);
  expect(part.endsWith('words')).toBe(true);
  expect(previewPart('short')).toEqual({ part: 'short', isCut: false });
});
