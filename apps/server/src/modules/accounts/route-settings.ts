import { HUMAN_LIKE, type RouteLimits } from '../../providers/contract.ts';

/** What an operator, or the carrier at the connecting, says about one route. */
export interface RouteSettings {
  /** Of the carrier's tier, where it told. */
  readonly limits?: Partial<RouteLimits>;
  /** The sender's number, digits. */
  readonly phone?: string;
  /** How it sends: `human` like a person with a phone, `plain` as fast as the carrier takes it. Absent: as the carrier needs it. */
  readonly pace?: 'human' | 'plain';
  /** Of a human-like pace. */
  readonly per_day?: number;
  /** The day the number was first used on WhatsApp (YYYY-MM-DD), for the warm-up; absent: the day it was connected. */
  readonly number_since?: string;
}

/** How fast a route may go by its carrier and its settings. */
export function limitsOf(settings: RouteSettings, carrier: RouteLimits): RouteLimits {
  const { human, ...plain } = { ...carrier, ...settings.limits };
  const wanted = settings.pace === 'plain' ? undefined : human ?? (settings.pace === 'human' ? HUMAN_LIKE : undefined);
  return wanted ? { ...plain, human: { ...wanted, perDay: settings.per_day ?? wanted.perDay } } : plain;
}
