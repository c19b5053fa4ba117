/**
 * Outgoing HTTP: undici pools by level of trust. `global fetch` is ten times slower here (platform-numbers).
 * carrier: configured API hosts · customer: URLs customers typed (SSRF guard) · media: file hosts (byte cap).
 */
export { createHttp } from './http/client.ts';
export { isClosedAddress } from './http/addresses.ts';
export { HttpError, type HttpErrorKind } from './http/errors.ts';
export {
  type FileClient, type FileResponse, type Http, type HttpClient, type HttpOptions, type HttpRequest, type HttpResponse, type HttpTrust,
} from './http/types.ts';
