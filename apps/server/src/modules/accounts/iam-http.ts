import type { FastifyInstance } from 'fastify';
import { IamQuestion, type IamAnswer } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { callerOf, checkPermission, type AccountOfQuestion } from '../companies/index.ts';
import { accountDetails } from './store-details.ts';

/** `POST /api/iam/check`: may this person do this on this account? Here, because companies know nothing of accounts. */
export function iamRoutes(app: FastifyInstance, rt: Runtime): void {
  app.post('/api/iam/check', async (request, reply): Promise<IamAnswer> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const question = IamQuestion.parse(request.body);
    void reply.header('cache-control', 'no-store');
    return checkPermission(rt, caller, { question, account: () => accountOf(rt, caller.company.id, question.account_id ?? '') });
  });
}

async function accountOf(rt: Runtime, companyId: string, id: string): Promise<AccountOfQuestion> {
  const uuid = decodeId('acc', id);
  const [account] = uuid === undefined ? [] : await accountDetails(rt.db, companyId, uuid);
  return account && { business_id: account.business_id };
}
