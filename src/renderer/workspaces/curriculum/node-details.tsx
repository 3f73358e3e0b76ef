import type { KeyboardEvent } from 'react';
import type { OutlineNode } from '../../../shared/contract/requests';
import type { AnyRow } from '../../../shared/model';
import { KeyValues } from '../../ui/inspector';
import { LabelledField, NameField } from './draft-fields';
import css from './lesson.module.css';
import { StatePill } from './outline-row';
import { durationText, kindWords } from './outline-tree';
import { isSaveKey, SaveBar } from './save-bar';
import { useNodeDraft } from './use-node-draft';

interface NodeDetailsProps {
  node: OutlineNode;
  row: AnyRow;
  whyNot: string | null;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a curriculum or a module says about itself. */
export function NodeDetails({ node, row, whyNot }: NodeDetailsProps) {
  const editing = useNodeDraft(node.entity, row);
  const { values, issues, draft } = editing;
  const isReadOnly = whyNot !== null;
  const version = row['version'];
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSaveKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isReadOnly) void editing.save();
  };
  const facts = [
    ...(node.state
      ? [
          {
            key: 'state',
            name: 'State',
            value: <StatePill state={node.state} {...(typeof version === 'number' ? { version } : {})} />,
          },
        ]
      : []),
    { key: 'lessons', name: 'Lessons', value: node.lessons.toLocaleString() },
    { key: 'duration', name: 'Duration', value: node.minutes > 0 ? durationText(node.minutes) : 'None yet' },
  ];
  const thing = kindWords[node.entity].one;
  return (
    <div
      className={css.lesson}
      role="group"
      aria-label={`${thing} ${text(values['name'])}`}
      onKeyDownCapture={onKeyDown}
    >
      <NameField editing={editing} isReadOnly={isReadOnly} />
      <div className={css.fields}>
        <LabelledField label="Description" issue={issues['description']}>
          {(input) => (
            <textarea
              {...input}
              className={css.area}
              rows={6}
              dir="auto"
              readOnly={isReadOnly}
              value={text(values['description'])}
              onChange={(event) => draft.change('description', event.target.value || null)}
            />
          )}
        </LabelledField>
      </div>
      <div className={css.facts}>
        <KeyValues items={facts} />
        {node.state === 'published' && (
          <p className="small muted">
            This version is what learners follow now. Its state is changed when a version is published.
          </p>
        )}
      </div>
      <span className="grow" />
      <SaveBar editing={editing} thing={thing} />
    </div>
  );
}
