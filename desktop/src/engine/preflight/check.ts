import type { FilePlace, Finding, VariablesView } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';

/** What the checks look at. */
export interface PreflightInput {
  /** Id of the environment, for the report. */
  readonly environment: string;
  /** Absolute project folder. */
  readonly directory: string;
  /** Compose project name: its own containers may hold its ports. */
  readonly project: string;
  /** What the files say, or the error with which they could not be loaded. */
  readonly model?: Model | undefined;
  readonly error?: unknown;
  /** Env files named explicitly; empty = the default `.env`. */
  readonly envFiles: readonly string[];
  /** The engine; may throw where it cannot be told which one is meant. */
  readonly gateway: () => Promise<DockerGateway>;
  /** The variables and env files of the environment; undefined where its files are not on this machine. */
  readonly variables: () => Promise<VariablesView | undefined>;
  /** Where in the files the value at a path of the model stands; undefined where no file says it. */
  readonly originOf: (path: readonly string[]) => Promise<FilePlace | undefined>;
}

/** One thing that is looked at before a start. It says at least one finding, `ok` where all is well. */
export interface Check {
  readonly name: string;
  run(input: PreflightInput): Promise<Finding[]>;
}

/** Whether the engine runs on this machine, so that ports and folders here are its ports and folders. */
export function isLocalEngine(url: string): boolean {
  return /^(?:unix|npipe):/.test(url) || /^tcp:\/\/(?:127\.|localhost[:/]|\[::1\])/.test(url);
}

/** Undefined where the engine cannot be reached at all: the check `engine` says so. */
export async function gatewayOf(input: PreflightInput): Promise<DockerGateway | undefined> {
  try {
    return await input.gateway();
  } catch {
    return undefined;
  }
}

/** The gateway of an engine that answers; undefined where the check `engine` says why there is none. */
export async function answeringEngine(input: PreflightInput): Promise<DockerGateway | undefined> {
  try {
    const gateway = await input.gateway();
    await gateway.info();
    return gateway;
  } catch {
    return undefined;
  }
}
