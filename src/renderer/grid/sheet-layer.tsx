import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../client/request';
import { notify } from '../ui/notify';
import { ChangePreview } from './changes/change-preview';
import { countsOf, type PlannedRow, type WantedRow } from './changes/plan';
import { prepare } from './changes/prepare';
import { spreadEdit } from './changes/spread-edit';
import { writePlan, type Act } from './changes/write';
import { memory } from './clipboard/copied';
import { blockOf, pasted } from './clipboard/paste-cells';
import { CellStory, focusedCell } from './explain/cell-story';
import { FindBar } from './find/find-bar';
import { SelectedRanges } from './ranges/selected-ranges';
import type { Rect } from './ranges/ranges';
import { focusActive, type Sheet } from './sheet';
import { useSheet, type SelectedRows, type SheetEvents } from './use-sheet';

interface SheetLayerProps extends Omit<Sheet, 'selection'> {
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

const replace: Act = { verb: 'Replace', done: 'Replaced', via: 'replace' };
const paste: Act = { verb: 'Paste', done: 'Pasted', via: 'paste' };

/** Makes a spreadsheet of a grid: its keys, its mouse, its clipboard, and what is drawn and asked for them. */
export function SheetLayer({ onSelected, given, ...rest }: SheetLayerProps) {
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
  const [explaining, setExplaining] = useState<HTMLElement | null>(null);

  /** Shows what an act would do; one cell that simply can be written is, as if it had been typed. */
  const propose = async (wanted: WantedRow[], waits: Omit<Waiting, 'plan'>, always = false) => {
    try {
      const plan = await prepare(sheet, wanted);
      const counts = countsOf(plan);
      const isOne = plan.length === 1 && plan[0]?.cells.length === 1 && counts.changes === 1 && counts.added === 0;
      if (isOne && !always) return void (await finish({ ...waits, plan }));
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
    setTimeout(() => !api.isDestroyed() && focusActive(sheet));
  };

  const onPaste = (event: ClipboardEvent) => {
    const found = event.clipboardData && blockOf(event.clipboardData);
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

  const events: SheetEvents = {
    onSelected,
    onPaste,
    acts: (overlay) => ({
      find: (withReplace) => setFinding({ withReplace, mark: (rect) => overlay.mark('found', rect) }),
      explain: () => setExplaining(focusedCell(sheet)),
      spread: () => spreadEdit(sheet),
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
          onReplace={(wanted, isAll) => propose(wanted, { act: replace, notes: [], rects: [] }, isAll)}
          onClose={() => {
            setFinding(null);
            focusActive(sheet);
          }}
        />
      )}
      <CellStory sheet={sheet} asked={explaining} onClose={() => setExplaining(null)} />
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
