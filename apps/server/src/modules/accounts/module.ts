import type { Module } from '../../runtime.ts';
import { iamRoutes } from './iam-http.ts';

export const accountsModule: Module = { name: 'accounts', http: iamRoutes };
