import { IamAnswer, type IamQuestion, type IamTest } from '@centralita/contracts';
import { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { allIam, type IamRow } from './store-issuers.ts';

const SERVICES_TTL_MS = 10_000;
const TIMEOUT_MS = 3000;
const MAX_BYTES = 64 * 1024;
const MAX_ANSWERS = 10_000;

export type Question = z.output<typeof IamQuestion>;
export type Answer = z.output<typeof IamAnswer>;

interface Memory {
  services: Map<string, IamRow>;
  at: number;
  readonly answers: Map<string, { readonly until: number; readonly answer: Promise<Answer> }>;
}
const memories = new WeakMap<Runtime['db'], Memory>();
function memoryOf(rt: Runtime): Memory {
  let memory = memories.get(rt.db);
  if (!memory) memories.set(rt.db, memory = { services: new Map(), at: -Infinity, answers: new Map() });
  return memory;
}

/** After a change made by this process. */
export function forgetIam(rt: Runtime): void {
  memories.delete(rt.db);
}

/** The company's own IAM; undefined: ours decides. */
export async function iamService(rt: Runtime, companyId: string): Promise<IamRow | undefined> {
  const memory = memoryOf(rt);
  if (rt.clock.now() - memory.at > SERVICES_TTL_MS) {
    memory.services = new Map((await allIam(rt.db)).map((row) => [row.company_id, row]));
    memory.at = rt.clock.now();
  }
  return memory.services.get(companyId);
}

/**
 * Asks it, as the source document has it (4.2). An answer is kept for the agreed time; failures are not. Throws `companies.iam_away`
 * (503): without an answer nobody gets in.
 */
export async function askIam(rt: Runtime, service: IamRow, question: Question): Promise<Answer> {
  const { answers } = memoryOf(rt);
  const key = JSON.stringify([service.company_id, service.url, question.action, question.account_id ?? null, question.company_id, question.user_id]);
  const now = rt.clock.now();
  const known = answers.get(key);
  if (known && known.until > now) return known.answer;
  const answer = exchange(rt, service, question);
  answers.delete(key);
  answers.set(key, { until: now + service.cache_seconds * 1000, answer });
  const oldest = answers.size > MAX_ANSWERS ? answers.keys().next().value : undefined;
  if (oldest !== undefined) answers.delete(oldest);
  try {
    return await answer;
  } catch (error) {
    if (answers.get(key)?.answer === answer) answers.delete(key);
    throw error;
  }
}

async function exchange(rt: Runtime, service: IamRow, question: Question): Promise<Answer> {
  try {
    return await putQuestion(rt, { url: service.url, headers: openHeaders(rt, service), question });
  } catch (error) {
    rt.log.warn({ company: service.company_id, error: (error as Error).message }, 'the IAM of a company does not answer');
    throw errors.iam_away(undefined, { retry_after: 5 });
  }
}

/** Asked now and not from memory, to be told to who sets it up: its answer, or what stood in the way. */
export async function tryIam(rt: Runtime, asked: { readonly url: string; readonly headers: Headers; readonly question: Question }): Promise<IamTest> {
  const begun = rt.clock.now();
  const told = await putQuestion(rt, asked).then((answer) => ({ answer, reason: null }), (error: unknown) => ({ answer: null, reason: reasonOf(error) }));
  return { ...told, milliseconds: Math.round(rt.clock.now() - begun) };
}

type Headers = Readonly<Record<string, string>>;
/** What is sent along with questions, unsealed. */
export const openHeaders = (rt: Runtime, { headers }: Pick<IamRow, 'headers'>): Headers => (headers === null ? {} : JSON.parse(rt.sealer.open(headers)) as Headers);

async function putQuestion(rt: Runtime, { url, headers, question }: { readonly url: string; readonly headers: Headers; readonly question: Question }): Promise<Answer> {
  const answer = await rt.http.customer.request({
    method: 'POST', url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ action: question.action, account_id: question.account_id ?? null, company_id: question.company_id, user_id: question.user_id }),
  });
  if (answer.status !== 200) throw new Error(`It answered with status ${answer.status}, not 200.`);
  const said = IamAnswer.parse(JSON.parse(answer.body.toString('utf8')));
  // An answer about somebody else's company is none.
  if (said.context.company_id !== question.company_id) throw new Error(`It answered for another company: ${said.context.company_id}.`);
  return said;
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return `Its answer has not the form it should have: ${error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`;
  return error instanceof SyntaxError ? 'Its answer is not JSON.' : (error as Error).message;
}
