import type { SendOutcome } from '../../messaging/index.ts';

/** The route did not work, whatever the message was. A carrier that refuses this message or this person works. */
export function isFailure(outcome: SendOutcome): outcome is Exclude<SendOutcome, { outcome: 'accepted' }> {
  if (outcome.outcome === 'accepted') return false;
  switch (outcome.error.class) {
    case 'retry': case 'credentials': case 'config': case 'fall_back': case 'unknown': return true;
    case 'slow_down': case 'pair_limit': case 'permanent': case 'needs_template': case 'policy': return false;
  }
}
