/**
 * Security: the content policy allows only styles that carry the nonce the rim wrote into the page. Mantine and the grid both hand theirs
 * out at run time, and get it here.
 */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The lock on scrolling behind a dialog writes a style of its own, and asks the bundler's global for the nonce. */
export function shareStyleNonce(): void {
  (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce();
}
