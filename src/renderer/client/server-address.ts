/** Security: an address may carry a name and password in front of the host; neither is shown, nor are its options. */
export const shownAddress = (address: string): string =>
  address.replace(/^(\w+:\/\/)?([^@/]*@)?/, '').replace(/[?#].*$/, '');
