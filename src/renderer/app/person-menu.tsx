import { Menu } from '@mantine/core';
import { IconChevronDown, IconKeyboard, IconLogout } from '@tabler/icons-react';
import type { SessionState } from '../../shared/contract/requests';
import { choiceText } from '../../shared/rules/cell-text';
import { user as userEntity } from '../../shared/entities/user';
import { useQuestion, useSettings } from '../client/hooks';
import { shownAddress } from '../client/server-address';
import { Kbd } from '../ui/marks';
import { useSignOut } from './sign-out';
import { stayChoices, useStayChoice } from './stay-signed-in';
import css from './top-bar.module.css';

const themes = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;
const densities = [
  ['compact', 'Compact rows'],
  ['normal', 'Normal rows'],
  ['comfortable', 'Comfortable rows'],
] as const;

export const roleText = (role: string): string =>
  choiceText(role, userEntity.fields.role.options as { names?: Record<string, string> });

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .filter(Boolean)
    .filter((_, at, all) => at === 0 || at === all.length - 1)
    .join('')
    .toUpperCase();

interface PersonMenuProps {
  session: Extract<SessionState, { state: 'signed-in' }>;
  onShortcuts: () => void;
}

export function PersonMenu({ session: { user, server }, onShortcuts }: PersonMenuProps) {
  const { settings, change } = useSettings();
  const app = useQuestion('app.info', {}).data;
  const signOut = useSignOut();
  const { choice: stay } = useStayChoice();
  return (
    <Menu width={248} position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <button type="button" className={css.person}>
          <span className={css.avatar} aria-hidden>
            {initials(user.fullName)}
          </span>
          <span className={`medium ${css.word ?? ''}`}>{user.fullName}</span>
          <span className={`quiet small ${css.role ?? ''}`}>{roleText(user.role)}</span>
          <span className="only-read-aloud">: settings and sign out</span>
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.email}
          <br />
          {roleText(user.role)} on {shownAddress(server)}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        <Choices value={settings.theme} choices={themes} onChange={(theme) => change({ theme })} />
        <Menu.Divider />
        <Menu.Label>Grids</Menu.Label>
        <Choices value={settings.density} choices={densities} onChange={(density) => change({ density })} />
        {stay && (
          <>
            <Menu.Divider />
            <Menu.Label>At the next start</Menu.Label>
            <Choices
              value={stay}
              choices={stayChoices}
              onChange={(choice) => change({ staySignedIn: choice === 'stay' })}
            />
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<Kbd>?</Kbd>} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut(true)}>
          Sign out on every computer
        </Menu.Item>
        {app && <Menu.Label>Provost {app.version}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoicesProps<Value extends string> {
  value: Value;
  choices: readonly (readonly [value: Value, label: string])[];
  onChange: (value: Value) => void;
}

function Choices<Value extends string>({ value, choices, onChange }: ChoicesProps<Value>) {
  return (
    <Menu.RadioGroup value={value} onChange={(chosen) => onChange(chosen as Value)}>
      {choices.map(([choice, label]) => (
        <Menu.RadioItem key={choice} value={choice}>
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
