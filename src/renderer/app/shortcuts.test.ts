import { describe, expect, it } from 'vitest';
import { pressed } from './shortcuts';

const key = (name: string, held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {}) =>
  ({ key: name, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...held }) as KeyboardEvent;

describe('keys', () => {
  it('undo and redo are told apart by Shift', () => {
    expect(pressed(key('z', { ctrlKey: true }), 'mod+z')).toBe(true);
    expect(pressed(key('Z', { ctrlKey: true, shiftKey: true }), 'mod+z')).toBe(false);
    expect(pressed(key('Z', { ctrlKey: true, shiftKey: true }), 'mod+shift+z')).toBe(true);
  });

  it('a question mark is one with Shift or without', () => {
    expect(pressed(key('?', { shiftKey: true }), '?')).toBe(true);
    expect(pressed(key('?'), '?')).toBe(true);
    expect(pressed(key('?', { ctrlKey: true }), '?')).toBe(false);
  });

  it('a bare letter is no shortcut', () => {
    expect(pressed(key('k'), 'mod+k')).toBe(false);
    expect(pressed(key('1', { altKey: true }), 'alt+1')).toBe(true);
  });
});
