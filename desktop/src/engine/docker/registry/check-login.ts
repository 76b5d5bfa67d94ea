import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { json, type Transport } from '../transport.ts';
import type { KeptLogin } from '../types.ts';
import { fromRegistry } from './pull-errors.ts';
import { registryKey } from './registry-key.ts';

const answer = z.object({ Status: z.string().optional() });
const refused =
  /unauthori[sz]ed|incorrect username or password|authentication (?:required|failed)|(?<!permission )denied|bad credentials/i;

/** Has the engine sign in to a registry, as a pull would. Throws REGISTRY_LOGIN where it is refused, REGISTRY_UNREACHABLE, ENGINE_*. */
export async function checkLogin(
  transport: Transport,
  domain: string,
  login: KeptLogin,
  deadlineMs: number,
): Promise<void> {
  const body = { ...login, serveraddress: registryKey(domain) };
  try {
    await json(transport, answer, { method: 'POST', path: '/auth', body, deadlineMs });
  } catch (error) {
    if (!fromRegistry(error)) throw error;
    throw explained(domain, error);
  }
}

function explained(domain: string, error: QuaysideError): QuaysideError {
  const details = { registry: domain, reason: error.message };
  if (error.details?.['status'] === 401 || refused.test(error.message)) {
    return new QuaysideError('REGISTRY_LOGIN', say`${domain} does not accept this user name with this password.`, {
      remedy: say`Check both; many registries want an access token instead of the password. Nothing was kept.`,
      details,
    });
  }
  return new QuaysideError('REGISTRY_UNREACHABLE', say`${domain} could not be asked: ${error.message}`, {
    remedy: say`Check the name of the registry and the way from the engine to it. Nothing was kept.`,
    details,
  });
}
