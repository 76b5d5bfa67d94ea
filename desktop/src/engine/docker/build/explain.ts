import type { ErrorCode } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Logins } from '../registry/logins.ts';
import type { Dockerfile } from './dockerfile/parse.ts';
import { stagesOf } from './dockerfile/stages.ts';
import { explainImage } from './explain-image.ts';
import type { BuildFailureDetails } from './failure-details.ts';

/** A failure in plain words. */
export interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

type Explain = (details: BuildFailureDetails, dockerfile: Dockerfile) => Omit<Explanation, 'code'> | undefined;

/** Says what the builder's error means; where nobody knows, the builder's own words stand. */
export async function explain(
  details: BuildFailureDetails,
  dockerfile: Dockerfile,
  logins: Logins,
): Promise<Explanation> {
  if ([details.reason, ...details.output].join('\n').includes('no space left on device')) {
    return {
      code: 'DISK_FULL',
      message: say`${place(details)}: the disk of the engine is full.`,
      remedy: say`Free space on it: remove images and build cache that nobody needs (docker system df shows them).`,
    };
  }
  const known = [syntax, empty, exit, missingSource, target, blankBase, user, secret, mount];
  for (const attempt of known) {
    const found = attempt(details, dockerfile);
    if (found !== undefined) return { code: 'BUILD_FAILED', ...found };
  }
  const image = await explainImage(details, place(details), logins);
  if (image !== undefined) return image;
  return {
    code: 'BUILD_FAILED',
    message: `${place(details)}: ${details.reason}`,
    remedy: say`The words behind the colon are those of the builder; correct that line and build again.`,
  };
}

/** `Dockerfile line 6`, or just the file. */
function place(details: BuildFailureDetails): string {
  return details.line === undefined ? details.dockerfile : say`${details.dockerfile} line ${details.line}`;
}

const LONGEST_STEP = 120;

function stepOf(details: BuildFailureDetails): string {
  const step = (details.step ?? say`a step`).replace(/\s+/g, ' ');
  return step.length > LONGEST_STEP ? `${step.slice(0, LONGEST_STEP)}…` : step;
}

const syntax: Explain = (details) => {
  const text = /dockerfile parse error (?:on )?line \d+: (.*)/is.exec(details.reason)?.[1];
  if (text === undefined) return undefined;
  return { message: say`${place(details)} is not valid: ${text}`, remedy: say`Correct that line and build again.` };
};

const empty: Explain = (details) => {
  if (!/cannot be empty|file with no instructions|no build stage in current context/.test(details.reason))
    return undefined;
  return {
    message: say`${details.dockerfile} builds nothing: it has no instruction FROM.`,
    remedy: say`Begin it with FROM and the image to build on.`,
  };
};

const exitRemedies: Readonly<Record<number, string>> = {
  126: say`The command was found but may not be run: give the file the right to be executed (chmod +x) before it is used.`,
  127: say`The command does not exist in the image: install it in an earlier step, or correct its name.`,
  137: say`The step was killed, most often because memory ran out: give the engine more memory or let the step use less.`,
};

const exit: Explain = (details) => {
  if (details.exitCode === undefined) return undefined;
  return {
    message: say`${place(details)}: ${stepOf(details)} ended with exit code ${details.exitCode}.`,
    remedy: exitRemedies[details.exitCode] ?? say`The last lines of its output say what went wrong.`,
  };
};

/** What a COPY or ADD did not find. The second form names a folder inside the engine, of which people see the end only. */
function missingPath(details: BuildFailureDetails): string | undefined {
  const classic = /^(?:COPY|ADD) failed: .*stat (\S+): file does not exist$/;
  const missing = (/"\/?([^"]*)": not found$/.exec(details.reason) ?? classic.exec(details.reason))?.[1];
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
      message: say`${place(details)}: ${stepOf(details)} needs /${path}, which stage ${stage} does not hold.`,
      remedy: say`Check where stage ${stage} puts it.`,
    };
  }
  return {
    message: say`${place(details)}: ${stepOf(details)} needs ${path}, which is not in the build folder.`,
    remedy: say`Check its name, that it lies in the folder of \`build.context\`, and that no rule in .dockerignore leaves it out.`,
  };
};

const secret: Explain = (details) => {
  const id = /secret (\S+?):? not found/.exec(details.reason)?.[1];
  if (id === undefined) return undefined;
  return {
    message: say`${place(details)}: ${stepOf(details)} needs the secret ${id}, which this build does not offer.`,
    remedy: say`Name ${id} in \`build.secrets\` and give it a file, or a variable that is set, under the top-level \`secrets\`.`,
  };
};

/** What only a session can give, where there was none. */
const mount: Explain = (details) => {
  if (!/no active session|no SSH key/.test(details.reason) || details.step?.startsWith('FROM') === true)
    return undefined;
  return {
    message: say`${place(details)}: ${stepOf(details)} wants a secret or an SSH key, which could not be handed over.`,
    remedy: say`Name the secret in \`build.secrets\`; where it was an SSH key, build with \`docker compose build\`.`,
  };
};

const target: Explain = (details, dockerfile) => {
  const name = /(?:target stage "?|failed to reach build target )(.+?)"? (?:could not be found|in Dockerfile)/.exec(
    details.reason,
  )?.[1];
  if (name === undefined) return undefined;
  const names = stagesOf(dockerfile).flatMap((stage) => stage.name ?? []);
  const known = names.length === 0 ? say`It names no stage.` : say`Its stages are ${names.join(', ')}.`;
  return {
    message: say`${details.dockerfile} has no stage ${name}.`,
    remedy: say`${known} Correct \`build.target\` in the compose file.`,
  };
};

const blankBase: Explain = (details) => {
  const base = /base name \((.+?)\) should not be blank/.exec(details.reason)?.[1];
  if (base === undefined) return undefined;
  return {
    message: say`${place(details)}: ${base} has no value, so there is no base image.`,
    remedy: say`Give the argument a default in the Dockerfile, or a value in \`build.args\`.`,
  };
};

const user: Explain = (details) => {
  const name = /unable to find user (\S+?):/.exec(details.reason)?.[1];
  if (name === undefined) return undefined;
  return {
    message: say`${place(details)}: the user ${name} does not exist in the image.`,
    remedy: say`Create it in an earlier step, or correct the instruction USER.`,
  };
};
