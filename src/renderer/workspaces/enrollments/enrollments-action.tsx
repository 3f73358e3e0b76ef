import { useState, type ReactNode } from 'react';
import { EnrollDialog } from './enroll-dialog';

/** Hands whoever shows enrollments the way to enroll a student, and keeps the dialog for it. */
export function EnrollmentsAction({ children }: { children: (enroll: () => void) => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {children(() => setOpen(true))}
      <EnrollDialog opened={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
