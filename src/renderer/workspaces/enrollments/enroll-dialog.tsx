import { Modal } from '@mantine/core';
import { useEffect } from 'react';
import { EnrollForm } from './enroll-form';
import { useEnrollDraft } from './enroll-draft';

export interface EnrollDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Chosen at first. */
  studentId?: string;
  courseId?: string;
}

/** Enrolls one student: who, what and from when; then where, in which configuration, at the price in force. */
export function EnrollDialog({ opened, onClose, studentId, courseId }: EnrollDialogProps) {
  const { draft, change, reset } = useEnrollDraft(studentId, courseId);
  useEffect(() => {
    if (!opened) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      onClose();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [opened, onClose]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Enroll a student"
      size={640}
      // From the top, so that nothing moves while lists come and go.
      centered={false}
      yOffset={64}
      // Escape in an open list closes that list first, which then keeps the key to itself: see above.
      closeOnEscape={false}
    >
      <EnrollForm
        draft={draft}
        change={change}
        onCancel={onClose}
        onDone={() => {
          reset();
          onClose();
        }}
      />
    </Modal>
  );
}
