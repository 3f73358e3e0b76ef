import { useEffect, useState, useSyncExternalStore } from 'react';
import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { useUser } from '../../client/hooks';
import { request } from '../../client/request';
import { notify } from '../../ui/notify';
import { NodeDraft, type DraftView } from './node-draft';

export interface NodeEditing extends DraftView {
  draft: NodeDraft;
  save: () => Promise<boolean>;
}

/** The draft of one node while it is open. Leaving the node saves it; what cannot be saved is kept, and said. */
export function useNodeDraft(name: EntityName, row: AnyRow): NodeEditing {
  const owner = useUser()?.userId ?? '';
  const [draft] = useState(() => new NodeDraft(owner, name, row, (input) => request('rows.save', input)));
  const view = useSyncExternalStore(draft.subscribe, draft.read);
  useEffect(() => draft.see(row), [draft, row]);
  useEffect(
    () => () => {
      void draft.save().then((isSaved) => {
        if (isSaved) return;
        const { issues, problem } = draft.read();
        const why = Object.values(issues)[0] ?? problem?.message ?? '';
        notify.info(`“${draft.title()}” has changes that are not saved yet. ${why} Open it again to go on.`);
      });
    },
    [draft],
  );
  useEffect(() => {
    // Closing the window: what the desk has received by then is safe.
    const onHide = () => void draft.save();
    window.addEventListener('pagehide', onHide);
    return () => window.removeEventListener('pagehide', onHide);
  }, [draft]);
  return { ...view, draft, save: () => draft.save() };
}
