import { countText } from '../ui/moment';
import css from './exchange.module.css';
import type { ImportDraft, Opened } from './import-draft';

const encodings = [
  'utf-8',
  'utf-16le',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-15',
  'macintosh',
  'shift_jis',
  'gb18030',
];
const delimiters: [string, string][] = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Vertical bar'],
];

/** How the file is read: its sheet, its letters, its separator, its header. Each change reads it anew. */
export function SourceBar({ draft, opened }: { draft: ImportDraft; opened: Opened }) {
  const { source, file, name, header } = opened;
  const { sheet, encoding, delimiter } = source;
  const again = (how: { sheet?: string; encoding?: string; delimiter?: string }) =>
    void draft.read(file, name, { ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}), ...how });
  return (
    <div className={css.options}>
      <span className="medium ellipsis">{name}</span>
      <span className="muted">
        {countText(source.rows)} lines, {countText(opened.columns.columns.length)} columns
      </span>
      {source.sheets.length > 1 && (
        <label className={css.inline}>
          Sheet
          <select value={sheet ?? ''} onChange={({ currentTarget }) => again({ sheet: currentTarget.value })}>
            {source.sheets.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      )}
      {encoding && (
        <label className={css.inline}>
          Encoding
          <select value={encoding} onChange={({ currentTarget }) => again({ encoding: currentTarget.value })}>
            {[...new Set([encoding, ...encodings])].map((one) => (
              <option key={one} value={one}>
                {one.toUpperCase()}
              </option>
            ))}
          </select>
        </label>
      )}
      {delimiter && (
        <label className={css.inline}>
          Separator
          <select value={delimiter} onChange={({ currentTarget }) => again({ delimiter: currentTarget.value })}>
            {delimiters.map(([sign, label]) => (
              <option key={sign} value={sign}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className={css.inline}>
        Headers
        <select value={header} onChange={({ currentTarget }) => void draft.header(Number(currentTarget.value))}>
          <option value={0}>none</option>
          {source.head.map(({ n, cells }) => (
            <option key={n} value={n}>
              line {n}: {cells.filter(Boolean).slice(0, 3).join(', ').slice(0, 50)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
