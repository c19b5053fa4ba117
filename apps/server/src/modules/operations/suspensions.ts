import type { Runtime } from '../../runtime.ts';
import { CALL_LANE, skipStale, TURN_LANE } from '../bots/index.ts';
import { company, listCompanies } from '../companies/index.ts';
import { clearStale, DELIVERY_LANE } from '../delivery/index.ts';

/** What reaches people outside. Receiving, files and statuses go on: nothing that is sent to a suspended company is lost. */
const LANES = [TURN_LANE, CALL_LANE, DELIVERY_LANE] as const;
/** That its administrator had paused sending before: it stays paused afterwards. */
const PAUSED_BEFORE = `${DELIVERY_LANE}:paused_before`;
/** WhatsApp's window: after it a reply would be refused anyway, and an answer of a bot surprise. */
const WORTH_HOURS = 24;

/** Stops what a suspended company sends, before whoever suspends it has an answer; lets it go on afterwards, without what is too old. */
export function followSuspensions(rt: Runtime): void {
  rt.events.on('company.suspended', async (tx, { company_id, suspended }) => {
    if (suspended) return stop(rt, company_id);
    // What follows has transactions of its own, while this one only holds the company.
    await tx.query('set local idle_in_transaction_session_timeout to 0');
    const whose = await company(rt, company_id);
    const [messages, conversations] = [await clearStale(rt, whose, WORTH_HOURS), await skipStale(rt, whose, WORTH_HOURS)];
    if (messages + conversations > 0) rt.log.info({ company: company_id, messages, conversations }, 'what waited too long while the company was suspended was set aside');
    await goOn(rt, company_id);
  });
}

async function stop(rt: Runtime, id: string): Promise<void> {
  const before = rt.lanes.paused(DELIVERY_LANE, [id]) && !rt.lanes.paused(TURN_LANE, [id]);
  if (before) await rt.lanes.pause(PAUSED_BEFORE, true, [id]);
  for (const lane of LANES) await rt.lanes.pause(lane, true, [id]);
}

async function goOn(rt: Runtime, id: string): Promise<void> {
  const stays = rt.lanes.paused(PAUSED_BEFORE, [id]);
  for (const lane of LANES) if (lane !== DELIVERY_LANE || !stays) await rt.lanes.pause(lane, false, [id]);
  if (stays) await rt.lanes.pause(PAUSED_BEFORE, false, [id]);
}

/** A process that died between the pause and the commit, or a backup that was restored, must not let it send. */
export async function stopSuspended(rt: Runtime): Promise<void> {
  for (const { id, suspended_at } of await listCompanies(rt.db)) {
    if (suspended_at !== null && !LANES.every((lane) => rt.lanes.paused(lane, [id]))) await stop(rt, id);
  }
}
