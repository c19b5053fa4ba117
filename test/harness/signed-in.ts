import { createClient, type Centralita } from '@centralita/sdk';

/** The API as the page of somebody asks it who signed in: by cookie and token. `by` instead of the global fetch. */
export async function signedIn(baseUrl: string, login: { readonly email: string; readonly password: string }, by: (request: Request) => Promise<Response> = fetch): Promise<Centralita> {
  const { data: me, response } = await createClient({ baseUrl, fetch: by }).POST('/api/login', { body: { email: login.email, password: login.password } });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (!me || cookie === undefined) throw new Error(`${login.email} could not sign in: ${response.status}`);
  return createClient({
    baseUrl,
    fetch: (request) => {
      request.headers.set('cookie', cookie);
      request.headers.set('x-csrf-token', me.csrf);
      return by(request);
    },
  });
}
