import { meta } from '../providers/meta/index.ts';
import type { Provider } from '../providers/contract.ts';

/** Every provider, by its configured name. */
export const providers: Readonly<Record<string, Provider>> = { meta };
