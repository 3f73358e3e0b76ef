import DOMPurify from 'dompurify';
import { Marked } from 'marked';

/** A preview draws this many characters at most: more would hold the window up while somebody types. */
export const previewLimit = 60_000;

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

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);

/** HTML inside Markdown is shown as it is written: nothing in a lesson is hidden from who reads it. */
const markdown = new Marked({ gfm: true, renderer: { html: ({ text }) => escaped(text) } });

/**
 * Markdown as safe HTML.
 * Security: a lesson may have been written by anybody; what marked makes of it passes DOMPurify before it reaches the page, and links open
 * elsewhere without a way back.
 */
export function safeHtml(text: string): string {
  const html = markdown.parse(text, { async: false });
  const clean = DOMPurify.sanitize(html, { ...forbidden, RETURN_DOM_FRAGMENT: true });
  for (const named of clean.querySelectorAll('[href], [src]'))
    for (const attribute of ['href', 'src'])
      if (!isAddress(named.getAttribute(attribute) ?? 'https:')) named.removeAttribute(attribute);
  for (const link of clean.querySelectorAll('a')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  const holder = document.createElement('div');
  holder.append(clean);
  return holder.innerHTML;
}

const isAddress = (text: string): boolean => /^(https?:|mailto:|#)/i.test(text) || !/^[^/?#]*:/.test(text);

/** The part of a text that is drawn, cut at the end of a line. */
export function previewPart(text: string): { part: string; isCut: boolean } {
  if (text.length <= previewLimit) return { part: text, isCut: false };
  const end = text.lastIndexOf('\n', previewLimit);
  return { part: text.slice(0, end > previewLimit / 2 ? end : previewLimit), isCut: true };
}
