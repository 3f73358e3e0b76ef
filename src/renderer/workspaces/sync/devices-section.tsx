import { IconDeviceDesktop } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Device } from '../../../shared/contract/sync';
import { useCommand, useQuestion } from '../../client/hooks';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/confirm';
import { Section } from '../../ui/inspector';
import { Pill } from '../../ui/marks';
import { momentText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import css from './sync-panel.module.css';

/** The desks this person is signed in at. What another one has not sent yet stays on it. */
export function DevicesSection({ online }: { online: boolean }) {
  const { data, error } = useQuestion('sync.devices', {}, { enabled: online, keep: true });
  return (
    <Section title={data ? `Your desks (${data.length})` : 'Your desks'}>
      {data ? (
        <ul className={css.list} aria-label="Your desks">
          {data.map((device) => (
            <Row key={device.deviceId} device={device} online={online} />
          ))}
        </ul>
      ) : (
        <p className="quiet small">
          {online && !error ? 'Asking the server…' : 'The server keeps this list. It shows once you are connected.'}
        </p>
      )}
    </Section>
  );
}

function Row({ device, online }: { device: Device; online: boolean }) {
  const cache = useQueryClient();
  const { run, busy } = useCommand('sync.sign-out-device');
  const name = device.name ?? 'A desk without a name';
  const signOut = async () => {
    const agreed = await confirm({
      title: `Sign out ${name}?`,
      body: 'It can read and change nothing on the server until you sign in there again. What it has not sent yet stays on it; files it saved count no more.',
      action: 'Sign it out',
      dangerous: true,
    });
    if (!agreed || !(await run({ deviceId: device.deviceId }))) return;
    notify.done(`${name} is signed out.`);
    await cache.invalidateQueries({ queryKey: ['sync.devices'] });
  };
  return (
    <li className={css.item}>
      <IconDeviceDesktop size={16} aria-hidden />
      <span className={css.words}>
        <span className="ellipsis">
          {name} {device.isThis && <Pill tone="accent">This one</Pill>}
        </span>
        <span className="quiet small">
          {device.isThis ? 'Now' : momentText(device.lastSeenAt)}
          {device.client && ` · version ${device.client}`}
        </span>
      </span>
      {!device.isThis && (
        <Button
          small
          look="ghost"
          busy={busy}
          disabled={!online}
          aria-label={`Sign out ${name}`}
          onClick={() => void signOut()}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}
