import { type Finding, type Problem, toProblem } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type Check, gatewayOf, type PreflightInput } from '../check.ts';
import { isDockerInstalled } from './engine-installed.ts';
import { type EngineFacts, engineRepairs, installRemedy } from './engine-start.ts';

const why = say`Everything that Quayside does is done by the Docker Engine.`;

async function inspect(input: PreflightInput): Promise<Finding[]> {
  try {
    const gateway = await input.gateway();
    const { version, apiVersion } = await gateway.info();
    await gateway.ping();
    const title = say`Docker Engine ${version} answers (API ${apiVersion})`;
    return [{ check: 'engine', severity: 'ok', title, details: { endpoint: gateway.endpoint.url } }];
  } catch (error) {
    const { url, source } = (await gatewayOf(input))?.endpoint ?? { url: '', source: '' };
    const installed = await isDockerInstalled(process.env, process.platform);
    const facts = { url, platform: process.platform, installed, usual: source === 'default socket' };
    return [unanswered(toProblem(error), facts)];
  }
}

const startRemedy = say`Start it with the command below, or open Docker Desktop where you use that; then check again.`;

/** Says why no engine can be used, and what brings one. */
export function unanswered({ code, message, remedy }: Problem, facts: EngineFacts): Finding {
  const base = { check: 'engine', severity: 'blocker', why, details: { code } } as const;
  if (code === 'ENGINE_DOWN' && facts.usual && !facts.installed) {
    return { ...base, title: say`Docker is not installed on this machine`, remedy: installRemedy(facts.platform) };
  }
  const repairs = engineRepairs(code, facts);
  // The command is the one for this engine, which the error could not know.
  const told = code === 'ENGINE_DOWN' && repairs.length > 0 ? startRemedy : remedy;
  return {
    ...base,
    title: message,
    ...(told === undefined ? {} : { remedy: told }),
    ...(repairs.length === 0 ? {} : { repairs }),
  };
}

/** The engine answers and is new enough. */
export const engineCheck: Check = { name: 'engine', run: inspect };
