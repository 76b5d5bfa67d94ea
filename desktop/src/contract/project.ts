import { z } from 'zod';
import { problem } from './errors.ts';

/** One way to run the project: an ordered list of compose files, env files and a compose project name. */
export const environment = z.object({
  /** `development`, `production`, or the name given in quayside.yml or on the command line. */
  id: z.string(),
  title: z.string(),
  /** Compose project name, the value of the label com.docker.compose.project; absent while the files cannot be read. */
  project: z.string().optional(),
  files: z.array(z.string()),
  envFiles: z.array(z.string()),
  profiles: z.array(z.string()),
  /** The docker compose command line that addresses the same project, without a verb. */
  command: z.string(),
  /** Why the environment cannot be used as it stands. */
  problem: problem.optional(),
});
export type Environment = z.infer<typeof environment>;

/** A compose project that was started elsewhere: its labels tell of it, and its id stands for an environment. */
export const otherProject = z.object({
  id: z.string(),
  /** Compose project name. */
  project: z.string(),
  /** Folder in which it was started; it may be on another machine. */
  directory: z.string().optional(),
  files: z.array(z.string()),
  containers: z.number().int(),
  running: z.number().int(),
});
export type OtherProject = z.infer<typeof otherProject>;

export const project = z.object({
  /** Absolute path of the project folder. */
  directory: z.string(),
  /** Base name of the folder, for headings. */
  name: z.string(),
  environments: z.array(environment),
  /** Id of the environment to show first. */
  defaultEnvironment: z.string().optional(),
  /** Set when the folder holds no compose files at all. */
  problem: problem.optional(),
});
export type Project = z.infer<typeof project>;
