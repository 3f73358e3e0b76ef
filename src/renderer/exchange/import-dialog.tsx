import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { entityOf, type EntityName } from '../../shared/entities';
import { useLookups } from '../forms/lookups';
import { ProblemText } from '../ui/notify';
import { Note } from '../ui/states';
import { CheckStep } from './check-step';
import { ColumnsStep } from './columns-step';
import { DoneStep } from './done-step';
import css from './exchange.module.css';
import { FileStep } from './file-step';
import { useImport, type Step } from './import-draft';
import { ProgressBar } from './progress';

export interface ImportDialogProps {
  entity: EntityName;
  /** Programs on show; empty means all. */
  programs: readonly string[];
  /** A file dropped on the grid. */
  given: File | null;
  onClose: () => void;
}

const steps: [Step, string][] = [
  ['file', 'File'],
  ['columns', 'Columns'],
  ['check', 'Check'],
  ['done', 'Done'],
];

/** From a file to rows: nothing is written before the last button. */
export function ImportDialog({ entity: name, programs, given, onClose }: ImportDialogProps) {
  const entity = entityOf(name);
  const lookups = useLookups();
  const only = programs.length === 1 ? programs[0]! : lookups.programs.length === 1 ? lookups.programs[0]!.id : null;
  const draft = useImport(name, lookups.locale, only);
  const { step, progress, problem, take } = draft;
  const close = () => {
    draft.close();
    onClose();
  };
  const [first] = useState(given);
  useEffect(() => {
    if (first) void take(first.name, first);
    // Only what was dropped to open this.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const at = steps.findIndex(([one]) => one === step);
  return (
    <Modal
      opened
      onClose={close}
      title={`Import ${entity.labels.many.toLowerCase()}`}
      size="min(1120px, 94vw)"
      centered={false}
      yOffset={48}
      closeOnClickOutside={step === 'file' || step === 'done'}
    >
      <div className={css.dialog}>
        <ol className={css.steps} aria-label="Steps">
          {steps.map(([one, label], i) => (
            <li
              key={one}
              aria-current={one === step ? 'step' : undefined}
              data-state={i < at ? 'past' : i === at ? 'now' : 'to-come'}
            >
              <span className={css.number}>{i + 1}</span> {label}
            </li>
          ))}
        </ol>
        {problem && (
          <Note tone="danger" role="alert">
            <ProblemText problem={problem} />
          </Note>
        )}
        {progress && <ProgressBar {...progress} onCancel={draft.cancel} />}
        {step === 'file' && <FileStep {...{ entity, draft }} />}
        {step === 'columns' && <ColumnsStep {...{ entity, draft, lookups }} />}
        {step === 'check' && <CheckStep {...{ entity, draft }} />}
        {step === 'done' && <DoneStep {...{ entity, draft }} onClose={close} />}
      </div>
    </Modal>
  );
}
