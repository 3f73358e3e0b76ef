/** The platform setting that asks every desk to encrypt what it keeps: `{"required": true}`. Anything else does not ask. */
export const encryptedStoresSetting = 'encrypted-stores';

export const asksForEncryption = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { required?: unknown }).required === true;
