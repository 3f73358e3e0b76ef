import { entityOf } from '../../../shared/entities';
import { cellText } from '../../../shared/rules/cell-text';

/** A role as people call it. */
export const roleText = (role: string): string =>
  cellText(entityOf('users').fields['role']!, role, { locale: 'en', titles: {} });
