export { authenticate, checkCsrf, COOKIE, LOGIN_HOURS, loginId, signIn, signOut, type Caller } from './authenticate.ts';
export { callerOf, loginToken } from './caller.ts';
export { may, permissionsOf, requireAdministrator, requirePermission } from './permissions.ts';
export { isOwnOrigin } from './origin.ts';
export { createApiKey, createCompany, createUser, type NewCompany, type NewKey, type NewUser } from './create-company.ts';
export { company, userNames } from './directory.ts';
export { errors as companyErrors } from './errors.ts';
export { listCompanies, setPassword, usersOf, userByEmail, type Company, type Role, type User } from './store.ts';
