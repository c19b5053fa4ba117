import { queryOptions } from '@tanstack/react-query';
import { administration } from '../../api/administration.ts';

export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: async ({ signal }) => (await administration.users(signal)).users });
export const keysQuery = queryOptions({ queryKey: ['api-keys'], queryFn: async ({ signal }) => (await administration.apiKeys(signal)).api_keys });
export const companyQuery = queryOptions({ queryKey: ['company'], queryFn: ({ signal }) => administration.company(signal) });
export const businessesQuery = queryOptions({ queryKey: ['businesses'], queryFn: async ({ signal }) => (await administration.businesses(signal)).businesses });
export const companiesQuery = queryOptions({ queryKey: ['platform', 'companies'], queryFn: async ({ signal }) => (await administration.companies(signal)).companies });
export const issuersQuery = queryOptions({ queryKey: ['platform', 'issuers'], queryFn: async ({ signal }) => (await administration.issuers(signal)).issuers });
