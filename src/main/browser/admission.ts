/**
 * Who may come in to the console on loopback.
 *
 * Security: any program and any web page on this computer can reach a port on 127.0.0.1. So the address that is printed carries a ticket
 * which opens once; it becomes a cookie that scripts cannot read and other sites cannot send. The Host header keeps out names that
 * somebody else's DNS points at 127.0.0.1, the Origin header keeps out other sites' WebSockets.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Tickets nobody used: a new one is made each time a link is asked for. */
const MOST_TICKETS = 8;

export interface Admission {
  readonly host: string;
  readonly origin: string;
  /** A ticket that opens once. */
  newTicket(): string;
  /** The cookie to set in exchange for the ticket; null where it does not open (any more). */
  redeem(ticket: string): string | null;
  isHost(headers: IncomingHttpHeaders): boolean;
  isOrigin(headers: IncomingHttpHeaders): boolean;
  hasCookie(headers: IncomingHttpHeaders): boolean;
}

export function createAdmission(port: number): Admission {
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  // Cookies are shared by all ports of a computer: a name of its own keeps two consoles apart.
  const name = `provost-${port}`;
  const secret = newSecret();
  const tickets: string[] = [];

  return {
    host,
    origin,
    newTicket() {
      const ticket = newSecret();
      tickets.push(ticket);
      tickets.splice(0, tickets.length - MOST_TICKETS);
      return ticket;
    },
    redeem(ticket) {
      const found = tickets.findIndex((known) => isSame(known, ticket));
      if (found < 0) return null;
      tickets.splice(found, 1);
      return `${name}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
    },
    isHost: (headers) => headers.host === host,
    isOrigin: (headers) => headers.origin === origin,
    hasCookie: (headers) => isSame(cookieNamed(name, headers.cookie ?? ''), secret),
  };
}

const newSecret = () => randomBytes(32).toString('base64url');

function cookieNamed(name: string, header: string): string {
  const cookie = header.split('; ').find((part) => part.startsWith(`${name}=`));
  return cookie?.slice(name.length + 1) ?? '';
}

/** Compares digests, so that the time it takes tells nothing about either text. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
