import argon2 from 'argon2';
import { randomBytesHex } from '@centralita/kernel';
import { createUser, setPassword, userByEmail, type Role } from '../../modules/companies/index.ts';
import { StartError } from '../start-error.ts';
import { chooseCompany, withRuntime } from './open.ts';

/** `centralita user add`: somebody who signs in; the password is made up and shown once. */
export async function addUser(email: string, { company: slug, role, name, platform }: { company?: string; role: Role; name?: string; platform?: boolean }): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new StartError(`“${email}” is no e-mail address.`);
  await withRuntime(async (rt) => {
    const company = await chooseCompany(rt, slug);
    const password = randomBytesHex(9);
    await createUser(rt, company.id, { email, password, name: name ?? email.split('@')[0] ?? email, role, platform });
    process.stdout.write(`${email} can sign in to “${company.name}” (shown once, keep it):\n  password  ${password}\n`);
  });
}

/** `centralita user password`: a new password, made up and shown once. */
export async function renewPassword(email: string): Promise<void> {
  await withRuntime(async (rt) => {
    const user = await userByEmail(rt.db, email);
    if (!user) throw new StartError(`Nobody signs in as ${email}. See: centralita company list`);
    const password = randomBytesHex(9);
    await setPassword(rt.db, user.id, await argon2.hash(password));
    process.stdout.write(`${email} has a new password (shown once, keep it):\n  password  ${password}\n`);
  });
}
