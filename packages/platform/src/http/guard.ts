import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isClosedAddress, type Allowlist } from './addresses.ts';
import { HttpError } from './errors.ts';

/** Judges where customers' URLs lead: the URL before anything is asked, the addresses at the moment of connecting. */
export interface Guard {
  /** Throws HttpError `blocked`. */
  checkUrl(url: URL): void;
  /** For the socket: resolves, drops closed addresses, and connects to what is left, so that a second answer of the DNS cannot change it. */
  readonly lookup: LookupFunction;
}

const WEB_PORTS = new Set(['', '80', '443']);

export function createGuard(allow: Allowlist): Guard {
  const open = (address: string) => !isClosedAddress(address) || allow.address(address);
  return {
    checkUrl(url) {
      const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
      const literal = isIP(host) !== 0;
      if (allow.host(host) || (literal && allow.address(host))) return;
      if (literal && isClosedAddress(host)) throw blocked(url, `${host} is not a public address`);
      // Ports of other protocols (mail, shells, databases' admin) live below 1024; web services of customers above it.
      if (!WEB_PORTS.has(url.port) && Number(url.port) < 1024) throw blocked(url, `port ${url.port} is not one of the web`);
    },
    lookup(hostname, options, callback) {
      const allowed = allow.host(hostname);
      lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
        if (error) return callback(error, []);
        const usable = allowed ? found : found.filter((a) => open(a.address));
        const first = usable[0];
        if (!first) {
          return callback(new HttpError('blocked', `${hostname} resolves to no public address; an operator can put it on the allowlist`, { sent: false }), []);
        }
        if (options.all) callback(null, usable);
        else callback(null, first.address, first.family);
      });
    },
  };
}

function blocked(url: URL, why: string): HttpError {
  return new HttpError('blocked', `${url.origin} is blocked: ${why}; an operator can put it on the allowlist`, { sent: false });
}
