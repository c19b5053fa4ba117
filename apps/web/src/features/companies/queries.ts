import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';

export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: async ({ signal }) => (await answer(api.GET('/api/users', { signal }))).users });
export const keysQuery = queryOptions({ queryKey: ['api-keys'], queryFn: async ({ signal }) => (await answer(api.GET('/api/api-keys', { signal }))).api_keys });
export const companyQuery = queryOptions({ queryKey: ['company'], queryFn: ({ signal }) => answer(api.GET('/api/company', { signal })) });
export const businessesQuery = queryOptions({ queryKey: ['businesses'], queryFn: async ({ signal }) => (await answer(api.GET('/api/businesses', { signal }))).businesses });
export const iamQuery = queryOptions({ queryKey: ['iam'], queryFn: ({ signal }) => answer(api.GET('/api/company/iam', { signal })) });
export const companiesQuery = queryOptions({ queryKey: ['platform', 'companies'], queryFn: async ({ signal }) => (await answer(api.GET('/api/platform/companies', { signal }))).companies });
export const issuersQuery = queryOptions({ queryKey: ['platform', 'issuers'], queryFn: async ({ signal }) => (await answer(api.GET('/api/platform/issuers', { signal }))).issuers });
