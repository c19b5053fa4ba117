import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { blobKey } from './blob-key.ts';
import { eraseMedia } from './store.ts';

/**
 * Removes files for good; what is kept says that there was one. Before the commit: should the commit fail, the files are gone all the
 * same and it is done again. Answers how many there were.
 */
export async function eraseFiles(rt: Runtime, tx: Tx, ids: readonly string[]): Promise<number> {
  const { company } = tx;
  if (!company) throw new Error('files are erased in a transaction of their company');
  const files = await eraseMedia(tx, ids);
  // By their names, and not by what is known of their bytes: some may be there already and not written down yet.
  for (const { id } of files) await rt.blobs.remove(blobKey(company, id));
  return files.length;
}
