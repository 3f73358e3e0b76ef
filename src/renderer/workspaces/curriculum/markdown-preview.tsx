import { memo, useMemo } from 'react';
import { Note } from '../../ui/states';
import css from './lesson.module.css';
import { previewPart, safeHtml } from './markdown-html';

/** The lesson as a learner reads it. */
export const MarkdownPreview = memo(function MarkdownPreview({ text, label }: { text: string; label: string }) {
  const { html, isCut } = useMemo(() => {
    const { part, isCut } = previewPart(text);
    return { html: safeHtml(part), isCut };
  }, [text]);
  return (
    <section className={css.preview} aria-label={label} tabIndex={0}>
      {isCut && <Note>This lesson is very long: the preview shows its beginning. All of it is kept.</Note>}
      {text.trim() === '' && <p className="quiet">Nothing is written yet.</p>}
      <div className={css.prose} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
    </section>
  );
});
