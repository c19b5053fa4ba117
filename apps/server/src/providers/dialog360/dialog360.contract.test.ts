import { CLOUD_SAMPLES } from '../cloud-samples.ts';
import { contractSuite } from '../contract.suite.ts';
import { startSandbox } from '../sandbox-carrier.ts';
import { dialog360 } from './index.ts';

contractSuite({
  provider: dialog360, proves: 'caller', correlates: true, ...CLOUD_SAMPLES,
  startCarrier: () => startSandbox({
    number: { carrier: '360dialog' },
    use: ({ api_key = '', api_url = '', business_number = '' }) => ({
      credentials: { api_key, api_url, phone_number: `+${business_number}`, webhook_secret: 'shown-with-every-webhook' }, secrets: { appSecret: 'shown-with-every-webhook', verifyToken: '' },
    }),
  }),
});
