import DOMPurify from 'dompurify';
import { marked } from 'marked';

/** A preview draws this many characters at most: more would hold the window up while somebody types. */
export const previewLimit = 150_000;

const forbidden = {
  FORBID_TAGS: [
    'style',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'iframe',
    'object',
    'embed',
    'video',
    'audio',
  ],
  FORBID_ATTR: ['style', 'id', 'name', 'class', 'srcset'],
};

/**
 * Markdown as safe HTML.
 * Security: a lesson may have been written by anybody; what marked makes of it passes DOMPurify before it reaches the page, and links open
 * elsewhere without a way back.
 */
export function safeHtml(markdown: string): string {
  const html = marked.parse(markdown, { async: false, gfm: true });
  const clean = DOMPurify.sanitize(html, { ...forbidden, RETURN_DOM_FRAGMENT: true });
  for (const link of clean.querySelectorAll('a')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  const holder = document.createElement('div');
  holder.append(clean);
  return holder.innerHTML;
}

/** The part of a text that is drawn, cut at the end of a line. */
export function previewPart(text: string): { part: string; isCut: boolean } {
  if (text.length <= previewLimit) return { part: text, isCut: false };
  const end = text.lastIndexOf('\n', previewLimit);
  return { part: text.slice(0, end > previewLimit / 2 ? end : previewLimit), isCut: true };
}
