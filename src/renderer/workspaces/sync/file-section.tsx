import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Brought } from '../../../shared/contract/sync';
import { useCommand } from '../../client/hooks';
import { problemOf } from '../../client/request';
import { bringIn, handOut } from '../../exchange/files';
import { Button } from '../../ui/button';
import { Section } from '../../ui/inspector';
import { counted, momentText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { Note } from '../../ui/states';
import css from './sync-panel.module.css';

type Changes = Extract<Brought, { kind: 'changes' }>;

/** For a site without internet: changes and receipts carried by hand. */
export function FileSection({ waiting, online }: { waiting: number; online: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const save = useCommand('sync.bundle');
  const bring = useCommand('sync.bring');
  const [open, setOpen] = useState<{ content: File; file: string; found: Changes } | null>(null);

  const write = async () => {
    const file = await save.run({});
    if (!file) return;
    await handOut(file);
    notify.done(
      `${counted(file.changes, 'change is', 'changes are')} in the file. ${file.more > 0 ? `${counted(file.more, 'later one')} did not fit: save again once its receipt is back.` : 'They stay here too until a receipt or the server confirms them.'}`,
    );
  };
  const read = async (content: File | undefined) => {
    setOpen(null);
    if (!content) return;
    try {
      const file = await bringIn(content.name, content, () => undefined, new AbortController().signal);
      const found = await bring.run({ file });
      if (found?.kind === 'receipt')
        notify.done(`The receipt tells of ${counted(found.changes, 'change')}: ${countsText(found.counts)}.`);
      if (found?.kind === 'changes') setOpen({ content, file, found });
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  const commit = async () => {
    if (!open) return;
    const found = await bring.run({ file: open.file, commit: true });
    if (found?.kind === 'changes') setOpen({ ...open, found });
  };
  return (
    <Section title="Exchange by file">
      <p className="small muted">
        For a desk without internet. Only the server can read the file; bringing it twice changes nothing.
      </p>
      <div className={css.buttons}>
        <Button
          small
          icon={<IconDownload />}
          busy={save.busy}
          disabled={waiting === 0}
          title={waiting === 0 ? 'Nothing waits to be sent' : undefined}
          onClick={() => void write()}
        >
          Save waiting changes to a file
        </Button>
        <Button small icon={<IconUpload />} busy={bring.busy} onClick={() => input.current?.click()}>
          Bring a file
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File of changes or receipts"
          accept=".provost-bundle,.provost-receipt"
          onChange={(event) => {
            const [content] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            void read(content);
          }}
        />
      </div>
      {open && (
        <BroughtNote
          found={open.found}
          busy={bring.busy}
          online={online}
          onCommit={() => void commit()}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

function BroughtNote({
  found,
  busy,
  online,
  onCommit,
  onClose,
}: {
  found: Changes;
  busy: boolean;
  online: boolean;
  onCommit: () => void;
  onClose: () => void;
}) {
  const { author, desk, at, changes, counts, committed, already, receipt } = found;
  return (
    <Note tone={counts.conflict + counts.refuse > 0 ? 'warning' : 'plain'}>
      <p>
        <b className="medium">{author}</b>
        {desk && `, ${desk}`}, {momentText(at)}: {counted(changes, 'change')}.
      </p>
      <p>
        {already
          ? `${already.by ?? 'That desk itself'} brought all of it ${momentText(already.at).toLowerCase()}. Nothing is done twice.`
          : `${committed ? 'Sent: ' : 'If sent now: '}${countsText(counts)}.`}
        {!committed && counts.conflict + counts.refuse > 0 && ` ${author} decides about those; they hold up nothing.`}
      </p>
      <div className={css.buttons}>
        {!committed && (
          <Button small look="plain" busy={busy} disabled={!online} onClick={onCommit}>
            {already ? 'Make the receipt again' : `Send as ${author}`}
          </Button>
        )}
        {receipt && (
          <Button small icon={<IconDownload />} onClick={() => void handOut(receipt)}>
            Save the receipt
          </Button>
        )}
        <Button small look="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
    </Note>
  );
}

/** `12 apply, 2 merge, 1 conflicts`: only what there is. */
function countsText({ apply, merge, conflict, refuse }: Brought['counts']): string {
  const parts = [
    apply > 0 && counted(apply, 'applies', 'apply'),
    merge > 0 && counted(merge, 'merges', 'merge'),
    conflict > 0 && counted(conflict, 'conflicts', 'conflict'),
    refuse > 0 && counted(refuse, 'is refused', 'are refused'),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'nothing in it';
}
