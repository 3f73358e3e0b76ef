import type { SignIn, SignInOutcome } from '../../../shared/contract/access';
import type { Dot } from '../../ui/marks';

const outcomes: Record<SignInOutcome, readonly [Dot, string]> = {
  'signed-in': ['ok', 'Signed in'],
  'wrong-password': ['refused', 'Wrong password'],
  'locked-out': ['refused', 'Locked out for 15 minutes'],
  pending: ['waiting', 'Refused: not verified yet'],
  suspended: ['off', 'Refused: suspended'],
  'no-console-access': ['off', 'Refused: the role does not open the console'],
};

export const outcomeDot = ({ outcome }: SignIn): Dot => outcomes[outcome][0];

export const outcomeText = ({ outcome, times, userId }: SignIn): string => {
  const text = userId === null && outcome === 'wrong-password' ? 'No account has that email' : outcomes[outcome][1];
  return times > 1 ? `${text}, ${times} times` : text;
};
