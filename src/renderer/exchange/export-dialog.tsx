import { Modal } from '@mantine/core';
import type { GridApi } from 'ag-grid-community';
import { useRef, useState } from 'react';
import type { ExportedTexts } from '../../shared/contract/exchange';
import type { Problem } from '../../shared/contract/outcome';
import type { View } from '../../shared/contract/requests';
import { entityOf } from '../../shared/entities';
import { problemOf, request } from '../client/request';
import { useLookups } from '../forms/lookups';
import type { GridRow } from '../grid/grid-row';
import { Button } from '../ui/button';
import { countText } from '../ui/moment';
import { notify, ProblemText } from '../ui/notify';
import { Note } from '../ui/states';
import { copyTexts } from './copy-texts';
import css from './exchange.module.css';
import { fetchFile, handOut } from './files';
import { followJob } from './follow-job';
import { mostPrinted, printTexts } from './print';
import { ProgressBar, type Progress } from './progress';

export interface ExportDialogProps {
  view: View;
  api: GridApi<GridRow> | null;
  /** Rows of the view, and of them selected. */
  total: number;
  selected: { count: number; rows: () => Promise<GridRow[]> } | null;
  onClose: () => void;
}

type Format = 'xlsx' | 'csv' | 'pdf' | 'clipboard';
const formats: [Format, string, string][] = [
  ['xlsx', 'Excel workbook', 'Numbers and dates as such; can come back with its changes'],
  ['csv', 'CSV', 'Plain text, for other programs'],
  ['pdf', 'PDF or paper', 'Pages with headers and numbers'],
  ['clipboard', 'Clipboard', 'To paste into a spreadsheet or a letter'],
];
const mostCopied = 50_000;

/** The rows of a view as a file, on paper, or in the clipboard. */
export function ExportDialog({ view, api, total, selected, onClose }: ExportDialogProps) {
  const entity = entityOf(view.entity);
  const { locale } = useLookups();
  const chosen = selected?.count ?? 0;
  const [format, setFormat] = useState<Format>('xlsx');
  const [isSelection, setSelection] = useState(chosen > 1);
  const [isAll, setAll] = useState(false);
  const [comesBack, setComesBack] = useState(true);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = useRef<AbortController | null>(null);
  const rows = isSelection ? chosen : total;

  const most = format === 'pdf' ? mostPrinted : format === 'clipboard' ? mostCopied : Infinity;
  const tooMany = rows > most ? `At most ${countText(most)} rows. Filter or select fewer, or save a workbook.` : null;

  const run = async () => {
    const controller = new AbortController();
    stop.current = controller;
    setProblem(null);
    setProgress({ phase: 'Writing the file', done: 0, of: rows });
    try {
      const ids = isSelection && selected ? (await selected.rows()).map(({ id }) => id) : undefined;
      const { job } = await request('export.start', {
        view: { ...view, sort: sortOf(api) },
        ...(ids ? { ids } : {}),
        columns: columnsOf(api, isAll),
        format: format === 'pdf' || format === 'clipboard' ? 'texts' : format,
        locale,
        name: `${entity.labels.many} ${new Date().toISOString().slice(0, 10)}`,
        roundTrip: format === 'xlsx' && comesBack,
      });
      const result = await followJob(job, 'file', setProgress, controller.signal);
      if (!result) return;
      if (format === 'xlsx' || format === 'csv') {
        await handOut(result.file);
        notify.done(`Exported ${countText(rows)} ${entity.labels.many.toLowerCase()}.`);
        return onClose();
      }
      const texts = JSON.parse(await (await fetchFile(result.file)).text()) as ExportedTexts;
      if (format === 'clipboard') {
        await copyTexts(texts);
        notify.done(`Copied ${countText(texts.rows.length)} rows.`);
        return onClose();
      }
      onClose();
      await printTexts(entity.labels.many, texts);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setProgress(null);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Export ${entity.labels.many.toLowerCase()}`}
      size={520}
      centered={false}
      yOffset={64}
    >
      <div className={css.dialog}>
        <fieldset className={css.choices}>
          <legend className="muted small">As</legend>
          {formats.map(([one, label, hint]) => (
            <label key={one}>
              <input
                type="radio"
                name="format"
                checked={format === one}
                data-autofocus={one === 'xlsx' || undefined}
                onChange={() => setFormat(one)}
              />
              <span>
                {label}
                <span className="muted small"> {hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <fieldset className={css.choices}>
          <legend className="muted small">Rows</legend>
          <label>
            <input type="radio" name="rows" checked={!isSelection} onChange={() => setSelection(false)} />
            All {countText(total)} of this view
          </label>
          <label>
            <input
              type="radio"
              name="rows"
              checked={isSelection}
              disabled={chosen === 0}
              onChange={() => setSelection(true)}
            />
            {chosen === 0 ? 'Those selected (none is)' : `The ${countText(chosen)} selected`}
          </label>
        </fieldset>
        <fieldset className={css.choices}>
          <legend className="muted small">Columns</legend>
          <label>
            <input type="radio" name="columns" checked={!isAll} onChange={() => setAll(false)} />
            As shown, in that order
          </label>
          <label>
            <input type="radio" name="columns" checked={isAll} onChange={() => setAll(true)} />
            All of them
          </label>
        </fieldset>
        {format === 'xlsx' && (
          <label className={css.inline}>
            <input
              type="checkbox"
              checked={comesBack}
              onChange={({ currentTarget }) => setComesBack(currentTarget.checked)}
            />
            It may come back: keep track of rows in hidden columns
          </label>
        )}
        <p className="muted small">Confidential details stay masked.</p>
        {(problem || tooMany) && (
          <Note tone="danger" role="alert">
            {problem ? <ProblemText problem={problem} /> : tooMany}
          </Note>
        )}
        {progress && <ProgressBar {...progress} onCancel={() => stop.current?.abort()} />}
        <div className={css.foot}>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={progress !== null || tooMany !== null || rows === 0}
            onClick={() => void run()}
          >
            {format === 'clipboard' ? 'Copy' : format === 'pdf' ? 'Print' : 'Export'} {countText(rows)}{' '}
            {rows === 1 ? 'row' : 'rows'}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

const sortOf = (api: GridApi<GridRow> | null): View['sort'] =>
  (api?.getColumnState() ?? [])
    .filter((column) => column.sort)
    .sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0))
    .slice(0, 5)
    .map((column) => ({ field: column.colId, descending: column.sort === 'desc' }));

const isField = (name: string): boolean => /^[a-z][A-Za-z0-9]*$/.test(name) && name !== 'gutter';

function columnsOf(api: GridApi<GridRow> | null, isAll: boolean): string[] {
  const columns = isAll ? (api?.getColumns() ?? []) : (api?.getAllDisplayedColumns() ?? []);
  return columns.map((column) => column.getColId()).filter(isField);
}
