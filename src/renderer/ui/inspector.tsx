import { IconX } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { Button } from './button';
import css from './inspector.module.css';

const narrowest = 240;
const widest = 640;
const clamp = (width: number) => Math.round(Math.min(widest, Math.max(narrowest, width)));

interface InspectorProps {
  /** What the panel is, for those who hear the screen. */
  label: string;
  title: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** Kept by the caller, so that it is remembered: see `usePanelWidth`. */
  width: number;
  onWidth: (width: number) => void;
  onClose?: () => void;
  children: ReactNode;
}

/** The panel at the right that follows the selection. Its left edge is dragged, or moved with the arrow keys. */
export function Inspector({ label, title, subtitle, actions, width, onWidth, onClose, children }: InspectorProps) {
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? width;
  return (
    <aside
      className={css.panel}
      style={{ width: shown }}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || !onClose) return;
        event.preventDefault();
        onClose();
      }}
    >
      <Edge width={shown} onDrag={setDragged} onDone={(to) => (setDragged(null), onWidth(to))} />
      <header className={css.head}>
        <div className="row">
          <h2 className={`${css.title} ellipsis grow`}>{title}</h2>
          {actions}
          {onClose && (
            <Button
              small
              look="ghost"
              aria-label="Close this panel"
              title="Close (Esc)"
              icon={<IconX />}
              onClick={onClose}
            />
          )}
        </div>
        {subtitle && <div className="row small muted">{subtitle}</div>}
      </header>
      <div className={css.body}>{children}</div>
    </aside>
  );
}

function Edge({
  width,
  onDrag,
  onDone,
}: {
  width: number;
  onDrag: (width: number) => void;
  onDone: (width: number) => void;
}) {
  const grip = useRef<{ x: number; width: number } | null>(null);
  const widthAt = (event: PointerEvent) =>
    grip.current ? clamp(grip.current.width + grip.current.x - event.clientX) : width;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? 16 : event.key === 'ArrowRight' ? -16 : 0;
    if (step === 0) return;
    event.preventDefault();
    onDone(clamp(width + step));
  };
  return (
    <div
      className={css.edge}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        grip.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => grip.current && onDrag(widthAt(event))}
      onPointerUp={(event) => {
        if (!grip.current) return;
        const to = widthAt(event);
        grip.current = null;
        onDone(to);
      }}
    />
  );
}

/** A part of a panel, parted from the one above by a line. */
export function Section({ title, children }: { title?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      {title && <h3>{title}</h3>}
      {children}
    </section>
  );
}

/** Names at the left, values at the right. */
export function KeyValues({ items }: { items: readonly { key: string; name: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className={css.list}>
      {items.map(({ key, name, value }) => (
        <div key={key} className={css.pair}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
