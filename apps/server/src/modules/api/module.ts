import type { Module } from '../../runtime.ts';
import { accountRoutes } from './accounts-http.ts';
import { deliveriesOf } from './await-delivery.ts';
import { botRoutes } from './bots-http.ts';
import { contactRoutes } from './contacts-http.ts';
import { carrierRoutes } from './carriers-http.ts';
import { groupRoutes } from './groups-http.ts';
import { messageRoutes } from './messages-http.ts';
import { routeRoutes } from './routes-http.ts';
import { sessionRoutes } from './sessions-http.ts';

export const apiModule: Module = {
  name: 'api',
  subscribe(rt) {
    rt.events.on('delivery.changed', (tx, changes) => deliveriesOf(rt).note(tx, changes));
  },
  http(app, rt) {
    messageRoutes(app, rt);
    accountRoutes(app, rt);
    routeRoutes(app, rt);
    carrierRoutes(app, rt);
    contactRoutes(app, rt);
    sessionRoutes(app, rt);
    groupRoutes(app, rt);
    botRoutes(app, rt);
  },
};
