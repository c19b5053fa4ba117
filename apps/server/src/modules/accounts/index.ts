export { addAccount, type AddedAccount, type NewAccount } from './add-account.ts';
export { changeAccount, type AccountChange } from './change-account.ts';
export { carrierContext } from './carrier-context.ts';
export { accountById, accountsOfCompany, appById, appsOfCompany, chainOf, findApp, forgetAccounts, routeById, routeOfSender, routeOfWaba, routesOfAccount, type App, type Route } from './directory.ts';
export { errors as accountErrors } from './errors.ts';
export { setFallback } from './set-fallback.ts';
export { insertAccountEvents, stopRoute, type AccountEventRow } from './store.ts';
export { suggestWebhook, type WebhookWish } from './suggest-webhook.ts';
export { accountDetails, type AccountDetails } from './store-details.ts';
