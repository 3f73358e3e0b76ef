import { cursorRace } from './cursor-race';
import { grants } from './grants';
import { hostile } from './hostile';
import { kills } from './kills';
import type { Proof } from './proof';
import { restores, serverCrashes } from './server-trouble';

/** By the name of its option: `npm run simulate -- --hostile 100000`. */
export const proofs: Record<string, Proof> = {
  'cursor-race': cursorRace,
  hostile,
  grants,
  kills,
  'server-crashes': serverCrashes,
  restores,
};
