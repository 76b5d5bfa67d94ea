import type { ErrorCode } from '#contract/index.ts';
import type { Dockerfile } from './dockerfile/parse.ts';
import { stagesOf } from './dockerfile/stages.ts';
import type { BuildFailureDetails } from './failure-details.ts';

/** A failure in plain words. */
export interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

type Explain = (details: BuildFailureDetails, dockerfile: Dockerfile) => Omit<Explanation, 'code'> | undefined;

/** Says what the builder's error means; where nobody knows, the builder's own words stand. */
export function explain(details: BuildFailureDetails, dockerfile: Dockerfile): Explanation {
  if ([details.reason, ...details.output].join('\n').includes('no space left on device')) {
    return {
      code: 'DISK_FULL',
      message: `${place(details)}: the disk of the engine is full.`,
      remedy: 'Free space on it: remove images and build cache that nobody needs (docker system df shows them).',
    };
  }
  const known = [syntax, empty, exit, missingSource, baseImage, session, target, blankBase, user];
  for (const attempt of known) {
    const found = attempt(details, dockerfile);
    if (found !== undefined) return { code: 'BUILD_FAILED', ...found };
  }
  return {
    code: 'BUILD_FAILED',
    message: `${place(details)}: ${details.reason}`,
    remedy: 'The words behind the colon are those of the builder; correct that line and build again.',
  };
}

/** `Dockerfile line 6`, or just the file. */
function place(details: BuildFailureDetails): string {
  return details.line === undefined ? details.dockerfile : `${details.dockerfile} line ${details.line}`;
}

const LONGEST_STEP = 120;

function stepOf(details: BuildFailureDetails): string {
  const step = (details.step ?? 'a step').replace(/\s+/g, ' ');
  return step.length > LONGEST_STEP ? `${step.slice(0, LONGEST_STEP)}…` : step;
}

const syntax: Explain = (details) => {
  const text = /dockerfile parse error on line \d+: (.*)/is.exec(details.reason)?.[1];
  if (text === undefined) return undefined;
  return { message: `${place(details)} is not valid: ${text}`, remedy: 'Correct that line and build again.' };
};

const empty: Explain = (details) => {
  if (!/cannot be empty|file with no instructions|no build stage in current context/.test(details.reason))
    return undefined;
  return {
    message: `${details.dockerfile} builds nothing: it has no instruction FROM.`,
    remedy: 'Begin it with FROM and the image to build on.',
  };
};

const exitRemedies: Readonly<Record<number, string>> = {
  126: 'The command was found but may not be run: give the file the right to be executed (chmod +x) before it is used.',
  127: 'The command does not exist in the image: install it in an earlier step, or correct its name.',
  137: 'The step was killed, most often because memory ran out: give the engine more memory or let the step use less.',
};

const exit: Explain = (details) => {
  if (details.exitCode === undefined) return undefined;
  return {
    message: `${place(details)}: ${stepOf(details)} ended with exit code ${details.exitCode}.`,
    remedy: exitRemedies[details.exitCode] ?? 'The last lines of its output say what went wrong.',
  };
};

/** What a COPY or ADD did not find. The second form names a folder inside the engine, of which people see the end only. */
function missingPath(details: BuildFailureDetails): string | undefined {
  const missing = /"\/?([^"]*)": not found$/.exec(details.reason)?.[1];
  if (missing !== undefined) return missing;
  const inside = /lstat (\S+): no such file or directory$/.exec(details.reason)?.[1];
  const words = (details.step ?? '').split(/\s+/).slice(1, -1);
  return words.map((word) => word.replace(/^\//, '')).find((word) => inside?.endsWith(`/${word}`));
}

const missingSource: Explain = (details) => {
  const path = missingPath(details);
  if (path === undefined) return undefined;
  const stage = /--from=(\S+)/.exec(details.step ?? '')?.[1];
  if (stage !== undefined) {
    return {
      message: `${place(details)}: ${stepOf(details)} needs /${path}, which stage ${stage} does not hold.`,
      remedy: `Check where stage ${stage} puts it.`,
    };
  }
  return {
    message: `${place(details)}: ${stepOf(details)} needs ${path}, which is not in the build folder.`,
    remedy:
      'Check its name, that it lies in the folder of `build.context`, and that no rule in .dockerignore leaves it out.',
  };
};

const baseImage: Explain = (details) => {
  const image = /failed to resolve source metadata for (\S+):/.exec(details.reason)?.[1];
  if (image === undefined) return undefined;
  const { what, remedy } = baseImageCause(details.reason);
  return { message: `${place(details)}: the image ${image} ${what}.`, remedy };
};

function baseImageCause(reason: string): { what: string; remedy: string } {
  if (/no such host|connection refused|i\/o timeout|deadline exceeded|network is unreachable|EOF/i.test(reason)) {
    return {
      what: 'is not here and its registry cannot be reached',
      remedy: 'Check the network and proxy of the engine, or bring the image here before you build.',
    };
  }
  if (/unauthorized|denied|forbidden|authorization/i.test(reason)) {
    return {
      what: 'is not here and its registry does not let this machine have it',
      remedy: 'Check its name; where it is private, pull it once before you build.',
    };
  }
  if (/not found/i.test(reason)) {
    return { what: 'does not exist in its registry', remedy: 'Check name and tag in the Dockerfile.' };
  }
  return { what: `could not be had: ${reason}`, remedy: 'Pull the image once to see why, then build again.' };
}

const session: Explain = (details) => {
  if (!details.reason.includes('no active session')) return undefined;
  return {
    message: `${place(details)}: ${stepOf(details)} wants a secret, an SSH key or a registry login.`,
    remedy:
      'Quayside cannot hand these to a build; build with `docker buildx build`, or pull a private base image first.',
  };
};

const target: Explain = (details, dockerfile) => {
  const name = /target stage "?(.+?)"? could not be found/.exec(details.reason)?.[1];
  if (name === undefined) return undefined;
  const names = stagesOf(dockerfile).flatMap((stage) => stage.name ?? []);
  const known = names.length === 0 ? 'It names no stage.' : `Its stages are ${names.join(', ')}.`;
  return {
    message: `${details.dockerfile} has no stage ${name}.`,
    remedy: `${known} Correct \`build.target\` in the compose file.`,
  };
};

const blankBase: Explain = (details) => {
  const base = /base name \((.+?)\) should not be blank/.exec(details.reason)?.[1];
  if (base === undefined) return undefined;
  return {
    message: `${place(details)}: ${base} has no value, so there is no base image.`,
    remedy: 'Give the argument a default in the Dockerfile, or a value in `build.args`.',
  };
};

const user: Explain = (details) => {
  const name = /unable to find user (\S+?):/.exec(details.reason)?.[1];
  if (name === undefined) return undefined;
  return {
    message: `${place(details)}: the user ${name} does not exist in the image.`,
    remedy: 'Create it in an earlier step, or correct the instruction USER.',
  };
};
