import type { Module } from '../../runtime.ts';
import { setWebHostFinder } from '../accounts/index.ts';
import { webHostOf } from './call-host.ts';
import { watchSessions } from './watch-sessions.ts';

export const webSessionsModule: Module = {
  name: 'web-sessions',
  subscribe(rt) {
    setWebHostFinder(rt, (route) => webHostOf(rt, route));
  },
  http(app, rt) {
    const stop = watchSessions(rt);
    app.addHook('onClose', stop);
  },
};
