import CodeMirror, { EditorView, keymap, type ViewUpdate } from '@uiw/react-codemirror';
import { useCallback, useMemo, useState } from 'react';
import { styleNonce } from '../../ui/nonce';
import css from './lesson.module.css';
import { linked, lined, wrapped, type LineMark, type TextEdit } from './markdown-edits';
import { markdownLook, markdownTheme } from './markdown-look';

interface MarkdownEditorProps {
  label: string;
  /** What is stored. It replaces what is shown only while nothing is being typed: the caller sees to that. */
  text: string;
  isReadOnly: boolean;
  onView: (view: EditorView | null) => void;
  /** Something was typed; `read` gives the whole text. */
  onTyped: (read: () => string) => void;
}

/** Only what helps writing prose. The object stays the same, or the editor would be set up again at every keystroke. */
const setup = {
  lineNumbers: true,
  foldGutter: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  bracketMatching: false,
  closeBrackets: false,
  autocompletion: false,
  highlightSelectionMatches: false,
  searchKeymap: false,
  lintKeymap: false,
  completionKeymap: false,
  foldKeymap: false,
  syntaxHighlighting: false,
};

/** Writing Markdown. Tab leaves it, so that the keyboard is never caught. */
export function MarkdownEditor({ label, text, isReadOnly, onView, onTyped }: MarkdownEditorProps) {
  // The nonce of the page; the editor hands its styles out at run time.
  const [nonce] = useState(styleNonce);
  const extensions = useMemo(
    () => [
      EditorView.cspNonce.of(nonce),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': label,
        spellcheck: 'true',
        'aria-readonly': String(isReadOnly),
        tabindex: '0',
      }),
      markdownTheme,
      markdownLook,
      keymap.of([
        { key: 'Mod-b', run: (view) => change(view, 'bold') },
        { key: 'Mod-i', run: (view) => change(view, 'italic') },
      ]),
    ],
    [nonce, label, isReadOnly],
  );
  const onUpdate = useCallback(
    ({ docChanged, view, transactions }: ViewUpdate) => {
      // What was put there from outside is not typing.
      if (
        docChanged &&
        transactions.some((one) => one.isUserEvent('input') || one.isUserEvent('delete') || isByPerson(one))
      )
        onTyped(() => view.state.doc.toString());
    },
    [onTyped],
  );
  return (
    <CodeMirror
      className={css.editor}
      value={text}
      theme="none"
      height="100%"
      basicSetup={setup}
      indentWithTab={false}
      readOnly={isReadOnly}
      placeholder={isReadOnly ? 'This lesson has no content yet.' : 'Write what is taught, step by step.'}
      extensions={extensions}
      onUpdate={onUpdate}
      onCreateEditor={onView}
    />
  );
}

const isByPerson = (one: ViewUpdate['transactions'][number]): boolean =>
  ['undo', 'redo', 'move', 'toolbar'].some((event) => one.isUserEvent(event));

export type Tool = 'bold' | 'italic' | 'link' | LineMark;

/** Carries a button out on the selection. */
export function change(view: EditorView, tool: Tool): boolean {
  if (view.state.readOnly) return false;
  const { from, to } = view.state.selection.main;
  // The lines around the selection are all a button looks at.
  const start = view.state.doc.lineAt(from).from;
  const near = view.state.sliceDoc(start, view.state.doc.lineAt(to).to);
  const edit = editFor(tool, near, { from: from - start, to: to - start });
  view.dispatch({
    changes: { from: start + edit.from, to: start + edit.to, insert: edit.insert },
    selection: { anchor: start + edit.select.from, head: start + edit.select.to },
    userEvent: 'toolbar',
    scrollIntoView: true,
  });
  view.focus();
  return true;
}

function editFor(tool: Tool, text: string, range: { from: number; to: number }): TextEdit {
  switch (tool) {
    case 'bold':
      return wrapped(text, range, '**');
    case 'italic':
      return wrapped(text, range, '*');
    case 'link':
      return linked(text, range);
    default:
      return lined(text, range, tool);
  }
}
