import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import type { Entity } from '../../shared/model';
import { Button } from '../ui/button';
import css from './exchange.module.css';
import type { ImportDraft } from './import-draft';

/** A file, dropped or chosen, or rows pasted. */
export function FileStep({ entity, draft }: { entity: Entity; draft: ImportDraft }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [text, setText] = useState('');
  const many = entity.labels.many.toLowerCase();
  const isBusy = draft.progress !== null;
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void draft.take(file.name, file);
  };
  return (
    <>
      <div
        className={css.drop}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconFileUpload size={28} stroke={1.4} aria-hidden />
        <p>Drop a CSV or Excel file with {many} here</p>
        <Button data-autofocus disabled={isBusy} onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File to import"
          accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) void draft.take(file.name, file);
            currentTarget.value = '';
          }}
        />
        <p className="muted small">Nothing is written before you have seen what would change.</p>
      </div>
      <label className={css.field}>
        <span className="muted small">Or paste rows copied from a spreadsheet, with their headers</span>
        <textarea
          className={css.paste}
          rows={4}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <div className={css.foot}>
        <span className="grow" />
        <Button
          disabled={text.trim() === '' || isBusy}
          onClick={() => void draft.take('Pasted rows.csv', new Blob([text], { type: 'text/plain' }))}
        >
          Read the pasted rows
        </Button>
      </div>
    </>
  );
}
