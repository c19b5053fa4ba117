/** Business numbers: information, webhook override, profile, registration. */
import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../context.ts';
import type { BusinessNumber } from '../store/identities.ts';
import { GraphError } from './errors.ts';
import { object, optionalText, textOf } from './fields.ts';
import type { Fields } from './fields.ts';
import { page } from './paging.ts';
import { answerCommitted, fieldsOf, ownNumber, ownWaba, parametersOf, select } from './request.ts';
import type { GraphRequest } from './request.ts';
import { verifyCallback } from './subscriptions.ts';

const LEVELS = { STANDARD: 'STANDARD', HIGH: 'HIGH', UNLIMITED: 'HIGH' } as const;

export function numberView(sandbox: Sandbox, business: BusinessNumber): Fields {
  const app = sandbox.identities.appOf(business);
  const waba = sandbox.identities.subscribed(business.wabaId).find(([appId]) => appId === app.appId)?.[1];
  return {
    verified_name: business.name, display_phone_number: business.display, id: business.phoneNumberId, quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED', platform_type: 'CLOUD_API', throughput: { level: LEVELS[business.tier] }, account_mode: 'SANDBOX',
    webhook_configuration: {
      ...(app.callbackUrl === null ? {} : { application: app.callbackUrl }), ...(waba == null ? {} : { whatsapp_business_account: waba }),
      ...(business.overrideUrl === null ? {} : { phone_number: business.overrideUrl }),
    },
    status: 'CONNECTED', name_status: 'APPROVED', is_official_business_account: false, is_pin_enabled: true,
    whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED', messaging_limit_tier: 'TIER_UNLIMITED',
    last_onboarded_time: new Date(business.createdAt).toISOString(),
  };
}

/** Sets or removes (with an empty URL) the callback of one number. */
export async function configureNumber(sandbox: Sandbox, business: BusinessNumber, body: Fields): Promise<string> {
  const configuration = object(body, 'webhook_configuration');
  const url = configuration['override_callback_uri'];
  if (url === '' || url === null) {
    business.overrideUrl = null;
  } else {
    business.overrideUrl = await verifyCallback(sandbox, configuration);
  }
  sandbox.identities.saveNumber(business);
  return '{"success":true}';
}

const PROFILE: Readonly<Record<string, number>> = { about: 139, address: 256, description: 512, email: 128, vertical: 50, profile_picture_handle: 2000 };

function changeProfile(business: BusinessNumber, body: Fields): void {
  if (body['messaging_product'] !== 'whatsapp') throw new GraphError(100, 'The parameter messaging_product is required, and must be "whatsapp".');
  const changed: Record<string, unknown> = { ...business.profile };
  for (const [key, max] of Object.entries(PROFILE)) {
    const value = optionalText(body, key, { path: key, max });
    if (value !== undefined) changed[key] = value;
  }
  const { websites } = body;
  if (websites !== undefined) {
    if (!Array.isArray(websites) || websites.length > 2 || !websites.every((site) => typeof site === 'string' && site.length <= 256)) {
      throw new GraphError(100, 'Param websites must be an array of at most 2 URLs of at most 256 characters.');
    }
    changed['websites'] = websites;
  }
  business.profile = changed;
}

export function numberRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/:id/phone_numbers', (request: GraphRequest) => {
    const waba = ownWaba(sandbox, request);
    const own = [...sandbox.identities.numbers.values()].filter((business) => business.wabaId === waba.wabaId);
    const views = own.map((business) => select(numberView(sandbox, business), request.query.fields));
    return page(views, request.query);
  });

  app.get('/:id/whatsapp_business_profile', (request: GraphRequest) => {
    const business = ownNumber(sandbox, request);
    const profile = { ...business.profile, messaging_product: 'whatsapp' };
    return { data: [select(profile, request.query.fields, ['messaging_product'])] };
  });

  app.post('/:id/whatsapp_business_profile', (request: GraphRequest, reply) => {
    const business = ownNumber(sandbox, request);
    changeProfile(business, parametersOf(request));
    sandbox.identities.saveNumber(business);
    answerCommitted(sandbox, reply, '{"success":true}');
  });

  app.post('/:id/register', (request: GraphRequest, reply) => {
    ownNumber(sandbox, request);
    const body = fieldsOf(request);
    if (body['messaging_product'] !== 'whatsapp') throw new GraphError(100, 'The parameter messaging_product is required, and must be "whatsapp".');
    if (!/^\d{6}$/.test(textOf(body, 'pin', { path: 'pin', max: 6 }))) throw new GraphError(100, 'Param pin must be 6 digits.');
    answerCommitted(sandbox, reply, '{"success":true}');
  });

  app.get('/debug_token', (request: GraphRequest) => {
    const token = request.query.input_token ?? '';
    const owner = sandbox.identities.appOfToken(token);
    if (owner === undefined) return { data: { error: { code: 190, message: 'Invalid OAuth access token.' }, is_valid: false, scopes: [] } };
    const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];
    const wabas = [...sandbox.identities.wabas.values()].filter((waba) => waba.appId === owner.appId).map((waba) => waba.wabaId);
    return {
      data: {
        app_id: owner.appId, type: 'SYSTEM_USER', application: owner.name, data_access_expires_at: 0, expires_at: 0, is_valid: true,
        issued_at: Math.floor(owner.createdAt / 1000), scopes, granular_scopes: scopes.map((scope) => ({ scope, target_ids: wabas })), user_id: owner.appId,
      },
    };
  });

  app.get('/me', (request: GraphRequest) => {
    const owner = request.graphApp;
    return { id: owner?.appId, name: owner?.name };
  });
}
