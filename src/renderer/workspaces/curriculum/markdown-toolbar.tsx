import {
  IconBlockquote,
  IconBold,
  IconH2,
  IconH3,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  type Icon,
} from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { counted } from '../../ui/moment';
import css from './lesson.module.css';
import type { Tool } from './markdown-editor';

const tools: readonly { tool: Tool; label: string; keys?: string; icon: Icon; parted?: boolean }[] = [
  { tool: 'bold', label: 'Bold', keys: 'Ctrl+B', icon: IconBold },
  { tool: 'italic', label: 'Italic', keys: 'Ctrl+I', icon: IconItalic },
  { tool: 'h2', label: 'Heading', icon: IconH2 },
  { tool: 'h3', label: 'Smaller heading', icon: IconH3 },
  { tool: 'list', label: 'List', icon: IconList, parted: true },
  { tool: 'numbered', label: 'Numbered list', icon: IconListNumbers },
  { tool: 'quote', label: 'Quotation', icon: IconBlockquote },
  { tool: 'link', label: 'Link', icon: IconLink, parted: true },
];

interface MarkdownToolbarProps {
  words: number;
  isDisabled: boolean;
  onTool: (tool: Tool) => void;
}

/** One stop for the Tab key; arrows move between the buttons. */
export function MarkdownToolbar({ words, isDisabled, onTool }: MarkdownToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  };
  return (
    <div className={css.toolbar}>
      <div ref={bar} role="toolbar" aria-label="Text" className={css.tools} onKeyDown={onKeyDown}>
        {tools.map(({ tool, label, keys, icon: Mark, parted }, at) => (
          <span key={tool} className={css.toolPlace}>
            {parted && <span className={css.toolGap} aria-hidden />}
            <button
              type="button"
              className={css.tool}
              aria-label={label}
              title={keys ? `${label} (${keys})` : label}
              tabIndex={at === 0 ? 0 : -1}
              disabled={isDisabled}
              // The selection in the text stays where it is.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTool(tool)}
            >
              <Mark size={16} stroke={1.6} aria-hidden />
            </button>
          </span>
        ))}
      </div>
      <span className="grow" />
      <span className="small muted">{counted(words, 'word')}</span>
    </div>
  );
}
