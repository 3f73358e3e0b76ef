import { Button as MantineButton, type ButtonProps as MantineProps } from '@mantine/core';
import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import css from './button.module.css';

export type ButtonLook = 'plain' | 'primary' | 'ghost' | 'link' | 'danger';

export interface ButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'color' | 'children'> {
  /** One `primary` a workspace. */
  look?: ButtonLook;
  /** 24 px high instead of 32. */
  small?: boolean;
  /** Pressed, for a button that stays down. */
  on?: boolean;
  icon?: ReactNode;
  /** Shows that it works, and cannot be pressed again meanwhile. */
  busy?: boolean;
  children?: ReactNode;
}

/** Without children it is a square of its icon, and needs an `aria-label`. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { look = 'plain', small = false, on, icon, busy = false, children, className, ...rest },
  ref,
) {
  const names = [css.button, css[look], small && css.small, on && css.on, children == null && css.square, className];
  return (
    <MantineButton
      ref={ref}
      variant="transparent"
      classNames={{
        root: names.filter(Boolean).join(' '),
        section: css.section ?? '',
        inner: css.inner ?? '',
        label: css.label ?? '',
      }}
      leftSection={icon}
      loading={busy}
      aria-pressed={on}
      {...(rest as MantineProps)}
    >
      {children}
    </MantineButton>
  );
});
