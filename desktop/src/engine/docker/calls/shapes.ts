import { z } from 'zod';

/** Go prints an empty map or list as null. */
const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
const mapOf = <T extends z.ZodType>(item: T) =>
  z
    .record(z.string(), item)
    .nullish()
    .transform((value) => value ?? {});

const attachedNetworks = z
  .object({ Networks: mapOf(z.object({ NetworkID: z.string().default('') })) })
  .nullish()
  .transform((value) => value?.Networks ?? {});

const mount = z.object({
  Type: z.string(),
  Name: z.string().optional(),
  Source: z.string().default(''),
  Destination: z.string(),
  RW: z.boolean().default(true),
});

export const containerList = z.array(
  z.object({
    Id: z.string(),
    Names: listOf(z.string()),
    Image: z.string(),
    ImageID: z.string(),
    State: z.string(),
    /** `Up 3 minutes (healthy)`: before API 1.52 the only place of the list that tells the health. */
    Status: z.string().default(''),
    Labels: labels,
    NetworkSettings: attachedNetworks,
    Mounts: listOf(mount),
    Ports: listOf(
      z.object({
        IP: z.string().default(''),
        PrivatePort: z.number(),
        PublicPort: z.number().default(0),
        Type: z.string(),
      }),
    ),
  }),
);
export type ContainerListItem = z.infer<typeof containerList>[number];

const healthState = z.object({
  Status: z.string(),
  FailingStreak: z.number().default(0),
  Log: listOf(z.object({ Start: z.string(), End: z.string(), ExitCode: z.number(), Output: z.string() })),
});

export const containerInspect = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string(),
  Image: z.string(),
  RestartCount: z.number().default(0),
  State: z.object({
    Status: z.string(),
    Running: z.boolean(),
    Paused: z.boolean(),
    Restarting: z.boolean(),
    OOMKilled: z.boolean(),
    ExitCode: z.number(),
    Error: z.string().default(''),
    StartedAt: z.string().default(''),
    FinishedAt: z.string().default(''),
    Health: healthState.nullish(),
  }),
  Config: z.object({
    Image: z.string(),
    Labels: labels,
    Tty: z.boolean().default(false),
    StopTimeout: z.number().nullish(),
    Healthcheck: z
      .object({
        Test: listOf(z.string()),
        /** Nanoseconds; 0 = the engine's default. */
        Interval: z.number().default(0),
        Timeout: z.number().default(0),
        StartPeriod: z.number().default(0),
        Retries: z.number().default(0),
      })
      .nullish(),
  }),
  HostConfig: z.object({ RestartPolicy: z.object({ Name: z.string() }).nullish(), Memory: z.number().default(0) }),
  Mounts: listOf(mount),
  NetworkSettings: z.object({
    Networks: mapOf(z.object({ NetworkID: z.string().default('') })),
    Ports: mapOf(z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable()),
  }),
});
export type ContainerInspect = z.infer<typeof containerInspect>;

export const containerCreated = z.object({ Id: z.string(), Warnings: listOf(z.string()) });

export const execCreated = z.object({ Id: z.string() });
export const execInspect = z.object({ Running: z.boolean(), ExitCode: z.number().nullish() });

export const networkInspect = z.object({
  Id: z.string(),
  Name: z.string(),
  Labels: labels,
  Containers: mapOf(z.unknown()),
});
export const networkList = z.array(networkInspect);
export const networkCreated = z.object({ Id: z.string() });

export const volumeInspect = z.object({ Name: z.string(), Driver: z.string(), Labels: labels });
export const volumeList = z.object({ Volumes: listOf(volumeInspect) });

export const imageInspect = z.object({
  Id: z.string(),
  RepoTags: listOf(z.string()),
  RepoDigests: listOf(z.string()),
  Config: z
    .object({ Labels: labels, Volumes: mapOf(z.unknown()) })
    .nullish()
    .transform((value) => value ?? { Labels: {}, Volumes: {} }),
  Os: z.string().default(''),
  Architecture: z.string().default(''),
  Size: z.number().default(0),
  Created: z.string().default(''),
  Metadata: z.object({ LastTagTime: z.string().default('') }).nullish(),
});
/** The part of `/info` that tells where an engine keeps its data. */
export const engineStorage = z.object({
  Name: z.string().default(''),
  OperatingSystem: z.string().default(''),
  DockerRootDir: z.string().default(''),
  DriverStatus: listOf(z.array(z.string())),
});

/** Numbers and the clock of the machine that the engine runs on. */
export const engineMachine = z.object({
  NCPU: z.number().default(0),
  MemTotal: z.number().default(0),
  SystemTime: z.string().default(''),
});

/** What the engine learnt from a registry about an image. */
export const distribution = z.object({
  Platforms: listOf(z.object({ os: z.string().default(''), architecture: z.string().default('') })),
});

export const imageList = z.array(z.object({ Id: z.string() }));
