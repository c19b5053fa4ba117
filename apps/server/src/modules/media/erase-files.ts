import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { eraseMedia } from './store.ts';

/**
 * Removes files for good; what is kept says that there was one. Before the commit: should the commit fail, the files are gone all the
 * same and it is done again. Answers how many there were.
 */
export async function eraseFiles(rt: Runtime, tx: Tx, ids: readonly string[]): Promise<number> {
  const files = await eraseMedia(tx, ids);
  for (const { blob } of files) if (blob !== null) await rt.blobs.remove(blob);
  return files.length;
}
