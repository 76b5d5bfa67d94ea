import { z } from 'zod';
import type { Deadlines } from '../deadlines.ts';
import { json, type Transport } from '../transport.ts';
import type { ContainerSettings, DeclaredHealth } from '../types.ts';
import { segment } from './filters.ts';

const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? undefined);
const amount = z.number().default(0);
const health = z
  .object({
    Test: texts,
    Interval: amount,
    Timeout: amount,
    StartPeriod: amount,
    StartInterval: amount,
    Retries: amount,
  })
  .nullish();
const inspected = z.object({
  Config: z.object({ Env: texts, Cmd: texts, Entrypoint: texts, User: z.string().default(''), Healthcheck: health }),
  HostConfig: z.object({
    RestartPolicy: z.object({ Name: z.string().default('') }).nullish(),
    Memory: amount,
    NanoCpus: amount,
    PortBindings: z
      .record(
        z.string(),
        z.array(z.object({ HostIp: z.string().default(''), HostPort: z.string().default('') })).nullish(),
      )
      .nullish(),
  }),
  Image: z.string(),
});
const imageConfig = z.object({
  Config: z.object({ Env: texts, Cmd: texts, Entrypoint: texts, Healthcheck: health }).nullish(),
});

/** Reads how a container was made, and what of it comes from its image. Holds secrets. */
export async function readSettings(transport: Transport, deadlines: Deadlines, id: string): Promise<ContainerSettings> {
  const get = { method: 'GET', deadlineMs: deadlines.read } as const;
  const { Config, HostConfig, Image } = await json(transport, inspected, {
    ...get,
    path: `/containers/${segment(id)}/json`,
  });
  // The image may have been removed under the container.
  const image = await json(transport, imageConfig, { ...get, path: `/images/${Image}/json` }).catch(() => undefined);
  const policy = HostConfig.RestartPolicy?.Name ?? '';
  return {
    environment: variables(Config.Env),
    imageEnvironment: variables(image?.Config?.Env),
    ...(same(Config.Cmd, image?.Config?.Cmd) ? {} : { command: Config.Cmd ?? [] }),
    ...(same(Config.Entrypoint, image?.Config?.Entrypoint) ? {} : { entrypoint: Config.Entrypoint ?? [] }),
    user: Config.User,
    restart: policy === '' ? 'no' : policy,
    memory: HostConfig.Memory,
    cpus: HostConfig.NanoCpus / 1e9,
    ...rulesAs('healthcheck', Config.Healthcheck),
    ...rulesAs('imageHealthcheck', image?.Config?.Healthcheck),
    ports: Object.entries(HostConfig.PortBindings ?? {}).flatMap(([port, bindings]) =>
      (bindings ?? []).map(({ HostIp, HostPort }) => ({ port, hostIp: HostIp, hostPort: HostPort })),
    ),
  };
}

function rulesAs<Key extends string>(key: Key, found: z.output<typeof health>): Partial<Record<Key, DeclaredHealth>> {
  if (!found) return {};
  const rules: Partial<Record<Key, DeclaredHealth>> = {};
  rules[key] = {
    test: found.Test ?? [],
    interval: found.Interval,
    timeout: found.Timeout,
    startPeriod: found.StartPeriod,
    startInterval: found.StartInterval,
    retries: found.Retries,
  };
  return rules;
}

function variables(list: readonly string[] | undefined): Map<string, string> {
  return new Map(
    (list ?? []).map((entry) => {
      const split = entry.indexOf('=');
      return split === -1 ? [entry, ''] : [entry.slice(0, split), entry.slice(split + 1)];
    }),
  );
}

const same = (one: readonly string[] | undefined, other: readonly string[] | undefined): boolean =>
  JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
