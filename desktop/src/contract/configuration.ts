import { z } from 'zod';
import { problem } from './errors.ts';

/** Files are named relative to the project folder where they lie inside, else absolute; lines count from 1. */
export const filePlace = z.object({ file: z.string(), line: z.number().int().positive() });
export type FilePlace = z.infer<typeof filePlace>;

/**
 * Where a variable is used. `value`: its value is put in; `default`: with a default; `required`: the file demands it; `alternative`:
 * another text is put in where it is set; `passed`: a service takes it over as it is; `handed`: an env file of a service has it;
 * `file`: another variable of an env file is made of it.
 */
export const variableUse = filePlace.extend({
  how: z.enum(['value', 'default', 'required', 'alternative', 'passed', 'handed', 'file']),
  service: z.string().optional(),
  /** Such as `ports.[0]`. */
  setting: z.string().optional(),
});
export type VariableUse = z.infer<typeof variableUse>;

/** Where the value comes from that a variable has now. */
export const variableSource = z.discriminatedUnion('kind', [
  filePlace.extend({ kind: z.literal('file') }),
  /** The environment in which Quayside was started; `over`: what an env file says and what therefore has no effect. */
  z.object({ kind: z.literal('process'), over: filePlace.optional() }),
  filePlace.extend({ kind: z.literal('default') }),
  z.object({ kind: z.literal('none') }),
]);
export type VariableSource = z.infer<typeof variableSource>;

export const configVariable = z.object({
  name: z.string(),
  /** Masked where it is a secret; absent where nothing sets it. */
  value: z.string().optional(),
  /** The value, or a part of it, is masked. */
  masked: z.boolean(),
  source: variableSource,
  uses: z.array(variableUse),
  /** Default in the compose file, masked where it is a secret. */
  default: z.string().optional(),
  required: z.boolean(),
  /** Required, or used without a default, and not set. */
  missing: z.boolean(),
  /** What the compose file says where it is missing. */
  message: z.string().optional(),
  /** From the comments of the example file. */
  description: z.string().optional(),
  /** Value in the example file. */
  example: z.string().optional(),
  /** It is in an env file, and nothing takes it from there. */
  unused: z.boolean(),
  /** Other lines that set it, for all or for the services that are given the file. */
  also: z.array(filePlace),
  /** Its value is put together from other variables; whoever changes it by name makes it a plain text. */
  composed: z.boolean(),
});
export type ConfigVariable = z.infer<typeof configVariable>;

/** An env file of an environment. */
export const envFile = z.object({
  file: z.string(),
  /** `project`: variables in the compose files; `service`: handed to services. */
  role: z.enum(['project', 'service']),
  /** Services that are given the file. */
  services: z.array(z.string()),
  exists: z.boolean(),
  /** Why it cannot be changed from here. */
  refused: z.string().optional(),
  /** Stands for its content; `absent` where there is none. */
  revision: z.string(),
});
export type EnvFile = z.infer<typeof envFile>;

export const variablesView = z.object({
  variables: z.array(configVariable),
  files: z.array(envFile),
  /** The file that new variables go to. */
  target: z.string(),
  /** Name of the example file, where there is one. */
  example: z.string().optional(),
  /** Why the files cannot be used as they are. */
  problem: problem.optional(),
});
export type VariablesView = z.infer<typeof variablesView>;

/**
 * A change of an env file: by name; made of the example file, with other values for some; as a whole text (secrets that are masked
 * in it stay as they are); or back to a backup.
 */
export const envChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('edit'),
    set: z.record(z.string(), z.string()).default({}),
    unset: z.array(z.string()).default([]),
  }),
  z.object({ kind: z.literal('create'), set: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('text'), text: z.string().max(1024 * 1024) }),
  z.object({ kind: z.literal('restore'), backup: z.string() }),
]);
export type EnvChange = z.input<typeof envChange>;

export const envChangeRequest = z.object({
  environment: z.string(),
  file: z.string(),
  change: envChange,
  /** What the change was made on; another one on the disk by now is a conflict. */
  revision: z.string(),
});
export type EnvChangeRequest = z.input<typeof envChangeRequest>;

/** A variable that a change sets, changes or takes away; values masked where they are secret. */
export const changedVariable = z.object({
  name: z.string(),
  kind: z.enum(['added', 'changed', 'removed']),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type ChangedVariable = z.infer<typeof changedVariable>;

/** A line of a comparison; secrets masked. `gap`: lines that are the same are left out, `text` says how many. */
export const diffLine = z.object({ kind: z.enum(['same', 'added', 'removed', 'gap']), text: z.string() });
export type DiffLine = z.infer<typeof diffLine>;

export const draftProblem = z.object({
  message: z.string(),
  remedy: z.string().optional(),
  /** Line of the new text. */
  line: z.number().int().optional(),
});

/** What a change would do. It may be saved where there are no problems. */
export const envDraft = z.object({
  file: z.string(),
  /** Of what is on the disk now. */
  revision: z.string(),
  /** The file is not what the change was made on; the comparison is with what it is now. */
  conflict: z.boolean(),
  changes: z.array(changedVariable),
  diff: z.array(diffLine),
  problems: z.array(draftProblem),
  /** Worth knowing; stands in nobody's way. */
  notes: z.array(z.string()),
  /** Services whose configuration would be another. */
  services: z.array(z.string()),
});
export type EnvDraft = z.infer<typeof envDraft>;

export const envSaved = z.object({
  file: z.string(),
  revision: z.string(),
  changes: z.array(changedVariable),
  /** Id of what was kept of the file as it was before. */
  backup: z.string().optional(),
  /** Services whose configuration is another now. */
  services: z.array(z.string()),
});
export type EnvSaved = z.infer<typeof envSaved>;

/** The file as a text; secrets masked unless they were asked for. */
export const envText = z.object({ file: z.string(), text: z.string(), revision: z.string(), masked: z.number().int() });
export type EnvText = z.infer<typeof envText>;

/** What a file was before a save. */
export const envBackup = z.object({
  id: z.string(),
  /** ISO time of the save that replaced it. */
  at: z.string(),
  /** Names that the save touched. */
  names: z.array(z.string()),
});
export type EnvBackup = z.infer<typeof envBackup>;

/** A variable of the form that makes a new env file from the example. */
export const formField = z.object({
  name: z.string(),
  value: z.string(),
  description: z.string().optional(),
  secret: z.boolean(),
  /** Commented out in the example: written only where it is given another value. */
  optional: z.boolean(),
  required: z.boolean(),
});
export type FormField = z.infer<typeof formField>;

export const envForm = z.object({ file: z.string(), example: z.string(), fields: z.array(formField) });
export type EnvForm = z.infer<typeof envForm>;

/** A line of the resolved model, and where what stands on it comes from. */
export const resolvedLine = z.object({
  text: z.string(),
  origin: filePlace.extend({ variables: z.array(z.string()) }).optional(),
});
export type ResolvedLine = z.infer<typeof resolvedLine>;

export const resolvedModel = z.object({ lines: z.array(resolvedLine), warnings: z.array(z.string()) });
export type ResolvedModel = z.infer<typeof resolvedModel>;

/** What of a service runs otherwise than its files say; values masked where they are secret. */
export const difference = z.object({
  what: z.string(),
  /** As it runs; absent = not there. */
  runs: z.string().optional(),
  /** As the files say; absent = not there. */
  files: z.string().optional(),
});
export type Difference = z.infer<typeof difference>;

export const serviceDifference = z.object({
  service: z.string(),
  state: z.enum(['same', 'differs', 'missing', 'extra']),
  differences: z.array(difference),
});
export type ServiceDifference = z.infer<typeof serviceDifference>;
