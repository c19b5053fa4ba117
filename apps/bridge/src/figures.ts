import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const LATENCY = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 60];

export type Figures = ReturnType<typeof createFigures>;

/** Every figure on a host's `/metrics`. One registry per host; nothing is global. */
export function createFigures() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'centralita_bridge_' });
  const r = { registers: [registry] };
  return {
    registry,
    sessions: new Gauge({ ...r, name: 'centralita_bridge_sessions', help: 'Sessions of this host by state', labelNames: ['state'] as const }),
    sends: new Counter({ ...r, name: 'centralita_bridge_sends_total', help: 'Messages sent by outcome', labelNames: ['outcome'] as const }),
    sendSeconds: new Histogram({ ...r, name: 'centralita_bridge_send_seconds', help: 'From the request to the confirmation of WhatsApp', buckets: LATENCY }),
    events: new Counter({ ...r, name: 'centralita_bridge_events_total', help: 'Facts handed over', labelNames: ['type'] as const }),
    backfilled: new Counter({ ...r, name: 'centralita_bridge_backfilled_total', help: 'Messages that had waited at WhatsApp' }),
    endings: new Counter({ ...r, name: 'centralita_bridge_endings_total', help: 'Connections that ended', labelNames: ['ending'] as const }),
    deaf: new Counter({ ...r, name: 'centralita_bridge_deaf_total', help: 'Sessions that seemed connected and heard nothing; connected anew' }),
    leasesLost: new Counter({ ...r, name: 'centralita_bridge_leases_lost_total', help: 'Sessions that another host took over' }),
    commitSeconds: new Histogram({ ...r, name: 'centralita_bridge_commit_seconds', help: 'One commit of what sessions learnt', buckets: LATENCY }),
    commitSessions: new Histogram({ ...r, name: 'centralita_bridge_commit_sessions', help: 'Sessions in one commit', buckets: [1, 2, 5, 10, 20, 50, 100, 200] }),
    httpSeconds: new Histogram({ ...r, name: 'centralita_bridge_http_seconds', help: 'Answers of the API', labelNames: ['route', 'status'] as const, buckets: LATENCY }),
  };
}
