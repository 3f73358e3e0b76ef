/** The desks this person is signed in at, as the server knows them. */
import type { Parsed } from '../../../shared/contract/requests';
import type { Device } from '../../../shared/contract/sync';
import { signedOut } from '../problems';
import { deviceList, signedOutDevices, understand } from '../remote/answers';
import type { Session } from '../session';

export async function devices(session: Session): Promise<Device[]> {
  const { remote, token } = session.online();
  const answer = understand(deviceList, await remote.call('ask', [token, 'devices', '{}']));
  if ('err' in answer) throw signedOut();
  return answer.answer;
}

export async function signOutDevice(
  session: Session,
  { deviceId }: Parsed<'sync.sign-out-device'>,
): Promise<{ ended: number }> {
  const { remote, token } = session.online();
  const asked = [token, 'sign-out-device', JSON.stringify({ deviceId })];
  const answer = understand(signedOutDevices, await remote.call('ask', asked));
  if ('err' in answer) throw signedOut();
  return { ended: answer.answer };
}
