import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import css from './outline.module.css';

interface NameInputProps {
  label: string;
  /** What stands there at first. */
  name: string;
  placeholder?: string;
  /** `by`: Enter was pressed, or the input was left. An unchanged or empty name is given too. */
  onDone: (name: string, by: 'enter' | 'leaving') => void;
  onCancel: () => void;
}

const longest = 255;

/** Typing a node's name in its row. Enter takes it, Escape goes back, leaving keeps what was typed. */
export function NameInput({ label, name, placeholder, onDone, onCancel }: NameInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(name);
  const isOver = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const done = (by: 'enter' | 'leaving') => {
    if (isOver.current) return;
    isOver.current = true;
    onDone(text.trim(), by);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      done('enter');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      isOver.current = true;
      onCancel();
    }
  };
  return (
    <input
      ref={input}
      className={css.nameInput}
      aria-label={label}
      value={text}
      placeholder={placeholder}
      maxLength={longest}
      dir="auto"
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={() => done('leaving')}
    />
  );
}
