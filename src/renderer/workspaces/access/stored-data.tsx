import { Modal } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { newId } from '../../../shared/model';
import { asksForEncryption, encryptedStoresSetting } from '../../../shared/rules/encrypted-stores';
import { useCommand, useQuestion } from '../../client/hooks';
import { Button } from '../../ui/button';
import { notify } from '../../ui/notify';
import { ErrorState, LoadingState, Note } from '../../ui/states';
import css from './access.module.css';

/** Whether every console keeps its data encrypted: a setting of the platform, for super admins. */
export function StoredData() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<IconShieldLock />} onClick={() => setOpen(true)}>
        Data on computers
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Data on computers" size={560}>
        <Setting onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

const asked = {
  view: {
    entity: 'platform_settings' as const,
    where: [{ field: 'key', test: 'is' as const, value: encryptedStoresSetting }],
  },
  from: 0,
  count: 1,
};

function Setting({ onClose }: { onClose: () => void }) {
  const found = useQuestion('rows.page', asked);
  const save = useCommand('rows.save');
  if (found.error) return <ErrorState problem={found.error.problem} onRetry={() => void found.refetch()} />;
  if (!found.data) return <LoadingState rows={4} />;
  const { fields, rows } = found.data;
  const id = rows[0]?.[fields.indexOf('id')] as string | undefined;
  const isOn = asksForEncryption(rows[0]?.[fields.indexOf('value')]);

  const set = async (required: boolean) => {
    const value = { required };
    const saved = await save.run({
      edits: [
        id === undefined
          ? {
              op: 'insert',
              entity: 'platform_settings',
              id: newId(),
              values: { key: encryptedStoresSetting, value },
            }
          : { op: 'update', entity: 'platform_settings', id, values: { value } },
      ],
      label: required ? 'Encrypt data on computers' : 'Keep data on computers unencrypted',
    });
    if (!saved) return;
    notify.done(
      required
        ? 'Each computer encrypts its data at its next start after it has heard of this.'
        : 'Each computer takes the encryption off at its next start after it has heard of this.',
    );
    onClose();
  };

  return (
    <div className={css.stored}>
      <p>
        Every console keeps a copy of its person’s data, so that work goes on offline.{' '}
        <b className="medium">{isOn ? 'These copies are encrypted.' : 'These copies are not encrypted.'}</b>
      </p>
      <p className="muted">
        Encrypted, a copy is of no use to whoever steals a computer or a backup of it. It does not protect against
        somebody who is signed in to the computer as that person.
      </p>
      <Note tone={isOn ? 'plain' : 'warning'}>
        <p className="medium">What this means for people</p>
        <ul>
          <li>The key lies in the keychain of each computer and nowhere else.</li>
          <li>Where a keychain loses it, data is loaded again, and changes that were not sent yet are lost.</li>
          <li>A computer without a keychain can no longer sign in, until it has one.</li>
        </ul>
      </Note>
      <div className={css.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" busy={save.busy} onClick={() => void set(!isOn)}>
          {isOn ? 'Keep data unencrypted' : 'Encrypt data on every computer'}
        </Button>
      </div>
    </div>
  );
}
