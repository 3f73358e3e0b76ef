import { useId, useState } from 'react';
import { useQuestion, useSettings } from '../client/hooks';
import { Button } from '../ui/button';
import { Note } from '../ui/states';
import css from './sign-in.module.css';

export const stayChoices = [
  ['ask', 'Ask me for my password each time'],
  ['stay', 'Stay signed in anyway'],
] as const;
export type StayChoice = (typeof stayChoices)[number][0];

/** The person's answer where the computer cannot keep a session safely; null where it can, or can keep none. */
export function useStayChoice(): { choice: StayChoice | null; isAnswered: boolean; isNone: boolean } {
  const keychain = useQuestion('keychain.read', {}).data?.state;
  const { staySignedIn } = useSettings().settings;
  return {
    choice: keychain === 'open' ? (staySignedIn ? 'stay' : 'ask') : null,
    isAnswered: staySignedIn !== null,
    isNone: keychain === 'none',
  };
}

interface StaySignedInProps {
  value: StayChoice;
  isAnswered: boolean;
  disabled: boolean;
  onChange: (choice: StayChoice) => void;
}

/** Asked at the first sign-in; later one line that says what was answered. */
export function StaySignedIn({ value, isAnswered, disabled, onChange }: StaySignedInProps) {
  const [isOpen, setOpen] = useState(!isAnswered);
  const name = useId();
  if (!isOpen) {
    return (
      <div className="row small">
        <span className="quiet">
          {value === 'stay' ? 'You stay signed in on this computer' : 'Your password is asked for at every start'}
        </span>
        <Button
          small
          look="link"
          type="button"
          aria-label="Change whether you stay signed in"
          onClick={() => setOpen(true)}
        >
          Change
        </Button>
      </div>
    );
  }
  return (
    <fieldset className={css.stay} disabled={disabled} aria-describedby={`${name}-why`}>
      <legend className="medium">This computer cannot keep your session safely</legend>
      <p className="small muted" id={`${name}-why`}>
        It has no keychain Provost can use, so whoever reads your files or a backup of them could work as you. Asked
        each time, you need the server at every start; what you changed is safe either way.
      </p>
      {stayChoices.map(([choice, label]) => (
        <label key={choice} className={css.stayChoice}>
          <input type="radio" name={name} checked={value === choice} onChange={() => onChange(choice)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** The keychain can keep nothing: no choice, but a reason. */
export const NothingKept = () => (
  <Note tone="info">
    The keychain of this computer cannot be used, so you are asked for your password at every start. Unlock it or set it
    up to stay signed in.
  </Note>
);
