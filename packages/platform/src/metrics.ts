import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds, from 1 ms to 60 s. */
const LATENCY = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 60];

export type Metrics = ReturnType<typeof createMetrics>;

/** Every figure on `/metrics`, named in one place. One registry per process; nothing is global. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'centralita_' });
  const r = { registers: [registry] };
  return {
    registry,
    receipts: new Counter({ ...r, name: 'centralita_receipts_total', help: 'Webhook bodies by how they were answered', labelNames: ['provider', 'result'] as const }),
    receiveSeconds: new Histogram({ ...r, name: 'centralita_receive_seconds', help: 'From the whole body read to the durable answer', buckets: LATENCY }),
    receiptBatch: new Histogram({ ...r, name: 'centralita_receipt_batch_size', help: 'Receipts in one insert', buckets: [1, 2, 5, 10, 20, 50, 100, 200] }),
    unpackLag: new Histogram({ ...r, name: 'centralita_unpack_lag_seconds', help: 'From receipt to unpacked and routed', buckets: LATENCY }),
    events: new Counter({ ...r, name: 'centralita_events_total', help: 'Events unpacked from receipts', labelNames: ['kind', 'result'] as const }),
    turns: new Counter({ ...r, name: 'centralita_turns_total', help: 'Turns of bots', labelNames: ['result'] as const }),
    turnSeconds: new Histogram({ ...r, name: 'centralita_turn_seconds', help: 'One batch of turns, load to commit', buckets: LATENCY }),
    sends: new Counter({ ...r, name: 'centralita_sends_total', help: 'Tries to send by outcome', labelNames: ['provider', 'outcome'] as const }),
    sendSeconds: new Histogram({ ...r, name: 'centralita_send_seconds', help: 'One call to the carrier', labelNames: ['provider'] as const, buckets: LATENCY }),
    replySeconds: new Histogram({ ...r, name: 'centralita_reply_seconds', help: 'From a reply written to its acceptance by the carrier', buckets: LATENCY }),
    statuses: new Counter({ ...r, name: 'centralita_statuses_total', help: 'Statuses from carriers', labelNames: ['status'] as const }),
    mediaFetches: new Counter({ ...r, name: 'centralita_media_fetches_total', help: 'Inbound files', labelNames: ['result'] as const }),
    lanesPending: new Gauge({ ...r, name: 'centralita_lanes_pending', help: 'Work waiting in lanes', labelNames: ['kind'] as const }),
    lanesDue: new Gauge({ ...r, name: 'centralita_lanes_due', help: 'Lanes with work due now and nobody on it', labelNames: ['kind'] as const }),
    receiptsPending: new Gauge({ ...r, name: 'centralita_receipts_pending', help: 'Receipts not unpacked yet' }),
    deadLetters: new Counter({ ...r, name: 'centralita_dead_letters_total', help: 'Work set aside', labelNames: ['kind'] as const }),
    eventDeliveries: new Counter({ ...r, name: 'centralita_event_deliveries_total', help: 'Tries to hand events to subscriptions', labelNames: ['kind', 'result'] as const }),
    commands: new Counter({ ...r, name: 'centralita_commands_total', help: 'Commands taken from RabbitMQ', labelNames: ['outcome'] as const }),
    httpSeconds: new Histogram({ ...r, name: 'centralita_http_seconds', help: 'Answers of the API', labelNames: ['route', 'status'] as const, buckets: LATENCY }),
    companyRequests: new Counter({ ...r, name: 'centralita_company_requests_total', help: 'Requests of the API by company', labelNames: ['company'] as const }),
    companyMessages: new Counter({ ...r, name: 'centralita_company_messages_total', help: 'Messages by company', labelNames: ['company', 'direction'] as const }),
    companyRefusals: new Counter({ ...r, name: 'centralita_company_refusals_total', help: 'What was refused because a limit of the company was reached', labelNames: ['company', 'limit'] as const }),
    leasesLost: new Counter({ ...r, name: 'centralita_leases_lost_total', help: 'Commits refused because the lease had gone', labelNames: ['kind'] as const }),
  };
}
