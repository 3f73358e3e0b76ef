import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useQuestion } from '../client/hooks';
import { problemOf } from '../client/request';
import { dateText } from '../../shared/rules/date-text';
import { momentText } from '../ui/moment';
import { ErrorState, Note } from '../ui/states';

/** Whose certificate a number is, and what for. */
export function VerifyCertificate({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Modal opened={open} onClose={onClose} title="Verify a certificate" transitionProps={{ duration: 0 }}>
      <Proof />
    </Modal>
  );
}

function Proof() {
  const [text, setText] = useState('');
  const [number] = useDebouncedValue(text.trim(), 150);
  const locale = navigator.language;
  const proof = useQuestion('certificate.verify', { number }, { enabled: number.length > 0, keep: true });
  const found = number === '' ? undefined : proof.data;
  return (
    <div className="stack" aria-live="polite">
      <TextInput
        label="Number"
        placeholder="CERT-2026-000001"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      {proof.error && number !== '' && <ErrorState problem={problemOf(proof.error)} />}
      {found?.valid === true && (
        <Note>
          {found.number} is valid: {found.student} completed “{found.course}” in {found.program}
          {found.completedOn ? ` on ${dateText(found.completedOn, locale)}` : ''}. Issued {momentText(found.issuedAt)}.
        </Note>
      )}
      {found?.valid === false && (
        <Note tone="warning">
          No certificate {found.number} is in the programs on this computer. Check the number, or ask somebody of the
          program that issued it.
        </Note>
      )}
    </div>
  );
}
