/** Only https: other schemes can start programs. An address with a user name can pretend to be another site. */
export function isWebAddress(url: string): boolean {
  try {
    const { protocol, username, password, hostname } = new URL(url);
    return protocol === 'https:' && username === '' && password === '' && hostname !== '';
  } catch {
    return false;
  }
}
