import {
  Decoration,
  EditorView,
  ViewPlugin,
  type DecorationSet,
  type Range,
  type ViewUpdate,
} from '@uiw/react-codemirror';

/** Colours and weights for Markdown as it is written. Only what is in sight is looked at, so that a long text costs no more than a short one. */

interface Look {
  pattern: RegExp;
  mark: Decoration;
}

const look = (pattern: RegExp, name: string): Look => ({ pattern, mark: Decoration.mark({ class: name }) });

/** Whole lines first, then what stands inside them. */
const looks: readonly Look[] = [
  look(/^#{1,6} .*$/g, 'md-heading'),
  look(/^\s*(?:[-*+]|\d+[.)]) /g, 'md-mark'),
  look(/^> ?/g, 'md-mark'),
  look(/\*\*[^*\n]+\*\*/g, 'md-strong'),
  look(/(?<![*\w])\*[^*\n]+\*(?!\*)/g, 'md-emphasis'),
  look(/`[^`\n]+`/g, 'md-code'),
  look(/\[[^\]\n]*\]\([^)\n]*\)/g, 'md-link'),
];

/** A line longer than this is shown plain: looking for marks in it would cost more than it tells. */
const longestLine = 5_000;

function decorationsOf(view: EditorView): DecorationSet {
  const found: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      if (line.length <= longestLine) {
        for (const { pattern, mark } of looks)
          for (const match of line.text.matchAll(pattern)) {
            const start = line.from + match.index;
            if (match[0].length > 0) found.push(mark.range(start, start + match[0].length));
          }
      }
      at = line.to + 1;
    }
  }
  return Decoration.set(found, true);
}

export const markdownLook = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorationsOf(view);
    }
    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = decorationsOf(view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

export const markdownTheme = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '&.cm-focused, & .cm-content': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', letterSpacing: '0' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0 16px 0 4px' },
  '.cm-cursor': { borderLeft: '2px solid var(--accent)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', border: 'none', fontSize: '11px' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '32px', padding: '0 8px 0 4px', fontFamily: 'var(--font)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.md-heading': { color: 'var(--accent)', fontWeight: '700' },
  '.md-mark': { color: 'var(--info)' },
  '.md-strong': { fontWeight: '700' },
  '.md-emphasis': { fontStyle: 'italic' },
  '.md-code': { color: 'var(--success)' },
  '.md-link': { color: 'var(--accent)' },
});
