import { EngineError, type GroupPower } from '../../engine.ts';
import type { Driver } from './driver.ts';

/** Groups by whichever library; members are addresses as callers write them. */
export function groupPower(run: <T>(fn: (driver: Driver) => Promise<T>) => Promise<T>, address: (to: string) => Promise<string>): GroupPower {
  const found = async (group: string): ReturnType<GroupPower['get']> => {
    const one = await run((driver) => driver.groups.get(group));
    if (!one) throw new EngineError('invalid', `There is no group ${group} that this number is in.`);
    return one;
  };
  return {
    list: () => run((driver) => driver.groups.list()),
    get: found,
    async create(subject, members) {
      const who = await Promise.all(members.map(address));
      return found(await run((driver) => driver.groups.create(subject, who)));
    },
    change: (group, what) => run((driver) => driver.groups.change(group, what)),
    async members(group, action, members) {
      const who = await Promise.all(members.map(address));
      return run((driver) => driver.groups.members(group, action, who));
    },
    leave: (group) => run((driver) => driver.groups.leave(group)),
  };
}
