import { encodeId } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';

/** Where a file of a company is kept. */
export const blobKey = (owner: CompanyRef, id: string): string => `${owner.schema}/${encodeId('med', id)}`;
