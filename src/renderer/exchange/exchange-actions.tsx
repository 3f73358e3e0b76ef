import { IconFileExport, IconFileImport } from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import { lazy, Suspense, useState, type DragEvent, type HTMLAttributes, type ReactNode } from 'react';
import type { View } from '../../shared/contract/requests';
import type { SessionFacts } from '../../shared/contract/wire';
import { entityOf } from '../../shared/entities';
import { whyNot } from '../../shared/rules/permit';
import type { GridRow } from '../grid/grid-row';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import css from './exchange.module.css';

const ImportDialog = lazy(() => import('./import-dialog').then((dialog) => ({ default: dialog.ImportDialog })));
const ExportDialog = lazy(() => import('./export-dialog').then((dialog) => ({ default: dialog.ExportDialog })));

interface ExchangeProps {
  view: View;
  api: GridApi<GridRow> | null;
  total: number | null;
  selected: { count: number; rows: () => Promise<GridRow[]> } | null;
  user: SessionFacts;
  readOnly: string | null;
}

interface ExchangeParts {
  buttons: ReactNode;
  drop: Pick<HTMLAttributes<HTMLElement>, 'onDragOver' | 'onDragLeave' | 'onDrop'>;
  overlay: ReactNode;
}

/** Files in and out of a grid: the buttons, the dialogs, and what a file dropped on the grid does. */
export function useExchange({ view, api, total, selected, user, readOnly }: ExchangeProps): ExchangeParts {
  const [open, setOpen] = useState<{ what: 'import'; file: File | null } | { what: 'export' } | null>(null);
  const entity = entityOf(view.entity);
  const many = entity.labels.many.toLowerCase();
  const why = readOnly ?? (whyNot(user, entity, 'create') && whyNot(user, entity, 'update'));
  const isOffered = entity.access.create !== 'nobody' || entity.access.update !== 'nobody';
  const close = () => setOpen(null);
  const onImport = (file: File | null) => (why ? notify.info(why) : setOpen({ what: 'import', file }));
  const buttons = (
    <>
      {isOffered && (
        <Button
          look="ghost"
          icon={<IconFileImport />}
          aria-disabled={why !== null}
          title={why ?? `Import ${many} from a file`}
          onClick={() => onImport(null)}
        >
          Import
        </Button>
      )}
      <Button
        look="ghost"
        icon={<IconFileExport />}
        title={`Export these ${many}`}
        disabled={total === null}
        onClick={() => setOpen({ what: 'export' })}
      >
        Export
      </Button>
      <Suspense>
        {open?.what === 'import' && (
          <ImportDialog entity={view.entity} programs={view.programs ?? []} given={open.file} onClose={close} />
        )}
        {open?.what === 'export' && <ExportDialog {...{ view, api, selected }} total={total ?? 0} onClose={close} />}
      </Suspense>
    </>
  );
  return { buttons, ...useDrop(isOffered, many, onImport) };
}

const hasFile = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** A file dragged over the grid may be dropped there. */
function useDrop(
  isOffered: boolean,
  many: string,
  onFile: (file: File) => void,
): Pick<ExchangeParts, 'drop' | 'overlay'> {
  const [isOver, setOver] = useState(false);
  if (!isOffered) return { drop: {}, overlay: null };
  return {
    drop: {
      onDragOver: (event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      },
      onDrop: (event) => {
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (!hasFile(event) || !file) return;
        event.preventDefault();
        onFile(file);
      },
    },
    overlay: isOver && <div className={css.over}>Drop to import {many}</div>,
  };
}
