import type { Module } from '../../runtime.ts';
import { callWorker } from './call-http.ts';
import { mergeSessions } from './merge-sessions.ts';
import { turnWorker } from './run-turns.ts';

export const botsModule: Module = {
  name: 'bots',
  subscribe(rt) {
    rt.events.on('conversation.merged', (tx, merged) => mergeSessions(rt, tx, merged));
  },
  work(rt) {
    rt.lanes.worker(turnWorker(rt));
    rt.lanes.worker(callWorker(rt));
  },
};
