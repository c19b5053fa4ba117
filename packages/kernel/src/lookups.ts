/**
 * Looks things up by their key, many callers with one question. Who asks while one is under way goes with the next, so that no answer is
 * older than its question; a single caller waits for nobody. `ask` answers what it found; where it throws, all who went with it hear so.
 */
export function createLookups<V>(ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>): (key: string) => Promise<V | undefined> {
  let waiting = new Map<string, PromiseWithResolvers<V | undefined>>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.size > 0) {
      const going = waiting;
      waiting = new Map();
      try {
        const found = await ask([...going.keys()]);
        for (const [key, { resolve }] of going) resolve(found.get(key));
      } catch (error) {
        for (const { reject } of going.values()) reject(error);
      }
    }
    running = false;
  }

  return (key) => {
    let one = waiting.get(key);
    if (!one) waiting.set(key, one = Promise.withResolvers());
    if (!running) void run();
    return one.promise;
  };
}
