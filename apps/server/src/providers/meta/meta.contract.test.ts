import { CLOUD_SAMPLES } from '../cloud-samples.ts';
import { contractSuite } from '../contract.suite.ts';
import { startSandbox } from '../sandbox-carrier.ts';
import { meta } from './index.ts';

contractSuite({ provider: meta, startCarrier: () => startSandbox(), proves: 'bytes', correlates: true, ...CLOUD_SAMPLES });
