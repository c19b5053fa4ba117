import type { EndingKind } from '@centralita/contracts/bridge';

/** What was going on when a connection ended: the same number means different things. */
export interface Moment {
  /** Waiting for somebody to scan a code. */
  readonly pairing: boolean;
}

/** Baileys' close codes (providers.md §5.6). Codes it does not name are broken connections. */
export function endingOf(code: number, text: string, { pairing }: Moment): EndingKind {
  switch (code) {
    case 515: return 'restart';
    case 408: return pairing && /QR refs/i.test(text) ? 'pairing_expired' : 'lost';
    case 401: case 419: return 'logged_out';
    case 402: case 403: case 406: return 'banned';
    case 405: return 'outdated';
    case 411: return 'mismatch';
    case 429: return 'rate';
    case 440: return 'conflict';
    case 500: return 'bad_session';
    case 503: return 'unavailable';
    default: return 'lost';
  }
}
