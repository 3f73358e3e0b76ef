import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../client/request';
import { keysText } from '../ui/keys';
import { notify } from '../ui/notify';
import { ChangePreview } from './changes/change-preview';
import { countsOf, type Entry, type PlannedRow, type WantedRow } from './changes/plan';
import { prepare } from './changes/prepare';
import { wantedIn } from './changes/set-cells';
import { SetValues } from './changes/set-values';
import { spreadEdit } from './changes/spread-edit';
import { writePlan, type Act } from './changes/write';
import { copyCells } from './clipboard/copy-cells';
import { memory } from './clipboard/copied';
import { blockOf, pasted } from './clipboard/paste-cells';
import { CellStory, focusedCell } from './explain/cell-story';
import type { GridView } from './grid-view';
import { CellMenu } from './menu/cell-menu';
import { menuActs, type RowActs } from './menu/menu-acts';
import { FindBar } from './find/find-bar';
import { SelectedRanges } from './ranges/selected-ranges';
import type { Rect } from './ranges/ranges';
import { focusActive, type Sheet } from './sheet';
import type { SheetActs } from './sheet-keys';
import { useSheet, type SelectedRows, type SheetEvents } from './use-sheet';

interface SheetLayerProps extends Omit<Sheet, 'selection'> {
  /** What is filtered through the menu of a cell. */
  gridView: GridView;
  rowActs: RowActs;
  onSelected: (rows: SelectedRows) => void;
}

/** What waits for a yes before it is written. */
interface Waiting {
  act: Act;
  plan: PlannedRow[];
  notes: string[];
  /** Selected when it is done. */
  rects: Rect[];
  after?: () => void;
}

interface Finding {
  withReplace: boolean;
  mark: (rect: Rect | null) => void;
}

type Asks = 'several' | 'always' | 'trouble';

const replace: Act = { verb: 'Replace', done: 'Replaced', via: 'replace' };
const set: Act = { verb: 'Set', done: 'Set', via: 'fill' };
const paste: Act = { verb: 'Paste', done: 'Pasted', via: 'paste' };

/** Makes a spreadsheet of a grid: its keys, its mouse, its clipboard, and what is drawn and asked for them. */
export function SheetLayer({ onSelected, given, gridView, rowActs, ...rest }: SheetLayerProps) {
  const { api, root, entity, context, view, total } = rest;
  const [selection] = useState(() => new SelectedRanges());
  const newRow = useRef(given);
  useEffect(() => {
    newRow.current = given;
  });
  const [sheet] = useState((): Sheet => {
    return { api, root, entity, context, view, total, selection, given: () => newRow.current() };
  });
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [finding, setFinding] = useState<Finding | null>(null);
  const [setting, setSetting] = useState<readonly Rect[] | null>(null);
  const [menu, setMenu] = useState<{ at: { x: number; y: number }; acts: SheetActs } | null>(null);
  const [explaining, setExplaining] = useState<HTMLElement | null>(null);

  /**
   * Shows what an act would do; one cell that simply can be written is, as if it had been typed.
   * @param ask `always` also for one cell; only with `trouble`: where something cannot stand
   */
  const propose = async (wanted: WantedRow[], waits: Omit<Waiting, 'plan'>, ask: Asks = 'several') => {
    try {
      const plan = await prepare(sheet, wanted);
      const counts = countsOf(plan);
      const isOne = plan.length === 1 && plan[0]?.cells.length === 1 && counts.changes === 1 && counts.added === 0;
      const isClean = counts.bad + counts.locked + counts.refused === 0;
      if ((isOne && ask === 'several') || (isClean && ask === 'trouble'))
        return void (await finish({ ...waits, plan }));
      setWaiting({ ...waits, plan });
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  const finish = async ({ act, plan, after }: Waiting): Promise<boolean> => {
    const isWritten = await writePlan(sheet, plan, act);
    if (isWritten) after?.();
    return isWritten;
  };
  const backToCells = () => {
    setWaiting(null);
    setTimeout(() => {
      const isAsked = document.querySelector('[role=dialog][aria-modal=true]') !== null;
      if (!api.isDestroyed() && !isAsked) focusActive(sheet);
    });
  };

  const onPaste = (clipboard: Pick<DataTransfer, 'getData'> | null) => {
    const found = clipboard && blockOf(clipboard);
    if (!found) return notify.info('There is nothing on the clipboard that could be pasted into cells.');
    pasted(sheet, found.block, found.copied).then(
      (made) => {
        if (!made) return;
        const { wanted, notes, rects } = made;
        const after = () => {
          const [first] = rects;
          if (rects.length === 1 && first) selection.selectRect(first, selection.active ?? undefined);
          if (found.copied?.cut) memory.copied = null;
        };
        void propose(wanted, { act: paste, notes, rects, after });
      },
      (error: unknown) => notify.problem(problemOf(error)),
    );
  };

  /** From the menu: the console may not look at the clipboard by itself everywhere. */
  const pasteByMenu = () => {
    focusActive(sheet);
    navigator.clipboard.readText().then(
      (text) => onPaste({ getData: (type) => (type === 'text/plain' ? text : '') }),
      () => notify.info(`Press ${keysText('mod+v')} to paste: only the keys may look at the clipboard.`),
    );
  };
  const onSet = async (rects: readonly Rect[], entries: ReadonlyMap<string, Entry>) => {
    try {
      const wanted = await wantedIn(sheet, rects, (field) => entries.get(field));
      setSetting(null);
      backToCells();
      if (wanted) await propose(wanted, { act: set, notes: [], rects: [] }, 'trouble');
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };

  const events: SheetEvents = {
    onSelected,
    onPaste: (event) => onPaste(event.clipboardData),
    acts: (overlay) => ({
      find: (withReplace) => setFinding({ withReplace, mark: (rect) => overlay.mark('found', rect) }),
      explain: () => setExplaining(focusedCell(sheet)),
      spread: () => spreadEdit(sheet),
      set: () => setSetting([...selection.rects]),
      menu: (at) => setMenu({ at, acts: events.acts(overlay) }),
      copy: (isCut) => {
        focusActive(sheet);
        copyCells(sheet, null, isCut, () => overlay.mark('copied', selection.rects.at(-1) ?? null));
      },
      letGo: () => {
        const hadCut = memory.copied?.cut != null;
        if (memory.copied) memory.copied.cut = null;
        overlay.mark('copied', null);
        return hadCut;
      },
    }),
  };
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  useSheet(sheet, latest);

  return (
    <>
      {finding && (
        <FindBar
          key={String(finding.withReplace)}
          sheet={sheet}
          {...finding}
          onReplace={(wanted, isAll) =>
            propose(wanted, { act: replace, notes: [], rects: [] }, isAll ? 'always' : 'several')
          }
          onClose={() => {
            setFinding(null);
            focusActive(sheet);
          }}
        />
      )}
      <CellStory sheet={sheet} asked={explaining} onClose={() => setExplaining(null)} />
      {menu && (
        <CellMenu
          at={menu.at}
          groups={menuActs(sheet, menu.acts, rowActs, gridView, pasteByMenu)}
          onClose={() => {
            setMenu(null);
            backToCells();
          }}
        />
      )}
      {setting && (
        <SetValues
          sheet={sheet}
          rects={setting}
          onDone={(entries) => onSet(setting, entries)}
          onClose={() => {
            setSetting(null);
            backToCells();
          }}
        />
      )}
      {waiting && (
        <ChangePreview
          sheet={sheet}
          verb={waiting.act.verb}
          plan={waiting.plan}
          notes={waiting.notes}
          onClose={backToCells}
          onConfirm={async (plan) => {
            if (await finish({ ...waiting, plan })) backToCells();
          }}
        />
      )}
    </>
  );
}
