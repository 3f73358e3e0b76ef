import type { EditorView } from '@uiw/react-codemirror';
import { useCallback, useDeferredValue, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { AnyRow } from '../../../shared/model';
import { LabelledField, NameField } from './draft-fields';
import css from './lesson.module.css';
import { change, MarkdownEditor } from './markdown-editor';
import { MarkdownPreview } from './markdown-preview';
import { MarkdownToolbar } from './markdown-toolbar';
import { readMinutes, wordCount } from './minutes';
import { isSaveKey, SaveBar } from './save-bar';
import { useNodeDraft } from './use-node-draft';

export type Mode = 'write' | 'split' | 'preview';

interface LessonEditorProps {
  row: AnyRow;
  mode: Mode;
  /** Why nothing can be changed; null where it can. */
  whyNot: string | null;
}

/** Milliseconds after the last keystroke until the words are counted and the preview drawn. */
const pause = 200;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Everything of a lesson. What is typed is saved when the lesson is left, or by Ctrl+S. */
export function LessonEditor({ row, mode, whyNot }: LessonEditorProps) {
  const editing = useNodeDraft('lessons', row);
  const { values, issues, unread, draft } = editing;
  const [view, setView] = useState<EditorView | null>(null);
  const [minutes, setMinutes] = useState<string | null>(null);
  const content = text(values['content']);
  const [read, setRead] = useState(content);
  const shown = useDeferredValue(view ? read : content);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const isReadOnly = whyNot !== null;

  // While something is typed, a sync does not take the text from under the cursor.
  const [standing, setStanding] = useState(content);
  if (!editing.isDirty && standing !== content) {
    setStanding(content);
    setRead(content);
  }
  const onTyped = useCallback(
    (reading: () => string) => {
      draft.later('content', reading);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        draft.flush();
        setRead(reading());
      }, pause);
    },
    [draft],
  );
  const typeMinutes = (typed: string) => {
    setMinutes(typed);
    const found = readMinutes(typed);
    if ('problem' in found) draft.misread('durationMinutes', typed, found.problem);
    else draft.change('durationMinutes', found.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSaveKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isReadOnly) void editing.save();
  };
  const stored = values['durationMinutes'];
  const minutesText = minutes ?? unread['durationMinutes']?.text ?? (typeof stored === 'number' ? String(stored) : '');
  return (
    <div className={css.lesson} role="group" aria-label={`Lesson ${text(values['name'])}`} onKeyDownCapture={onKeyDown}>
      <NameField editing={editing} isReadOnly={isReadOnly} />
      <div className={css.fields}>
        <LabelledField label="Duration" width={96} issue={issues['durationMinutes']}>
          {(input) => (
            <span className={css.withUnit}>
              <input
                {...input}
                className={css.input}
                readOnly={isReadOnly}
                value={minutesText}
                onChange={(event) => typeMinutes(event.target.value)}
                onBlur={() => setMinutes(null)}
              />
              <span className="quiet" aria-hidden>
                min
              </span>
            </span>
          )}
        </LabelledField>
        <LabelledField label="Video" issue={issues['videoUrl']}>
          {(input) => (
            <input
              {...input}
              className={css.input}
              inputMode="url"
              spellCheck={false}
              readOnly={isReadOnly}
              placeholder={isReadOnly ? '' : 'https://'}
              value={text(values['videoUrl'])}
              onChange={(event) => draft.change('videoUrl', event.target.value || null)}
            />
          )}
        </LabelledField>
      </div>
      {mode !== 'preview' && (
        <MarkdownToolbar
          words={wordCount(shown)}
          isDisabled={isReadOnly || !view}
          onTool={(tool) => view && change(view, tool)}
        />
      )}
      <div className={css.body} data-mode={mode}>
        {mode !== 'preview' && (
          <MarkdownEditor
            label={`Content of ${text(row['name'])}`}
            text={standing}
            isReadOnly={isReadOnly}
            onView={setView}
            onTyped={onTyped}
          />
        )}
        {mode !== 'write' && <MarkdownPreview text={shown} label="Preview" />}
      </div>
      {issues['content'] && <p className={css.issue}>{issues['content']}</p>}
      <SaveBar editing={editing} thing="lesson" />
    </div>
  );
}
