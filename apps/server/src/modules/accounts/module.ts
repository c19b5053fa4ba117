import type { Module } from '../../runtime.ts';
import { iamRoutes } from './iam-http.ts';
import { learnPhones } from './learn-phone.ts';

export const accountsModule: Module = { name: 'accounts', subscribe: learnPhones, http: iamRoutes };
