import { BlockList, isIP } from 'node:net';

/**
 * IPv4 that is not the public internet: the special-purpose registry of RFC 6890 and its updates, multicast, reserved,
 * and 168.63.129.16, a public address that Azure answers from inside the host.
 */
const CLOSED_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24],
  ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4], ['168.63.129.16', 32],
];
/** Inside 2000::/3, the only public IPv6: protocol assignments with Teredo, documentation, 6to4 (hides any IPv4). */
const CLOSED_V6: readonly (readonly [string, number])[] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]];

const closed = new BlockList();
for (const [net, bits] of CLOSED_V4) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of CLOSED_V6) closed.addSubnet(net, bits, 'ipv6');
const publicV6 = new BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address (no name) is one that customers' URLs must not reach. IPv4 inside IPv6 (mapped, NAT64) is judged as IPv4. */
export function isClosedAddress(address: string): boolean {
  const plain = unwrap(address);
  switch (isIP(plain)) {
    case 4: return closed.check(plain, 'ipv4');
    case 6: return !publicV6.check(plain, 'ipv6') || closed.check(plain, 'ipv6');
    default: return true;
  }
}

/** `::ffff:10.0.0.1`, `::ffff:a00:1` and `64:ff9b::a00:1` are 10.0.0.1. */
function unwrap(address: string): string {
  if (isIP(address) !== 6) return address;
  // The URL parser writes an IPv6 address in its one canonical form.
  const canonical = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1);
  const m = canonical === undefined ? null : /^(?:::ffff:|64:ff9b::)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/.exec(canonical);
  if (!m) return address;
  const high = parseInt(m[1] ?? '0', 16);
  const low = parseInt(m[2]!, 16);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** What the operator lets through: host names and blocks of addresses. */
export interface Allowlist {
  host(name: string): boolean;
  address(address: string): boolean;
}

/** Throws a TypeError that names the entry when one is neither a host name, an address nor a CIDR block. */
export function parseAllowlist(entries: readonly string[]): Allowlist {
  const hosts = new Set<string>();
  const blocks = new BlockList();
  for (const entry of entries) {
    const [net = '', bits, ...rest] = entry.trim().toLowerCase().split('/');
    const family = isIP(net);
    if (family !== 0 && rest.length === 0) {
      const max = family === 4 ? 32 : 128;
      const size = bits === undefined ? max : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
      if (size < 0 || size > max) throw new TypeError(`allowlist entry "${entry}": write the block as ${net}/0 to ${net}/${max}`);
      blocks.addSubnet(net, size, family === 4 ? 'ipv4' : 'ipv6');
    } else if (bits === undefined && /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(net)) {
      hosts.add(net);
    } else {
      throw new TypeError(`allowlist entry "${entry}": expected a host name (api.example.org) or a CIDR block (10.1.0.0/16)`);
    }
  }
  return {
    host: (name) => hosts.has(name.toLowerCase().replace(/\.$/, '')),
    address: (address) => {
      const plain = unwrap(address);
      const family = isIP(plain);
      return family !== 0 && blocks.check(plain, family === 4 ? 'ipv4' : 'ipv6');
    },
  };
}
