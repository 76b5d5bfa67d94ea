import type {
  Action,
  Environment,
  OtherProject,
  Project,
  Release,
  RemoteReleases,
  Role,
  StackState,
} from '#contract/index.ts';
import { releaseRows } from '#features/releases/index.ts';
import { hindranceOf, isRunning, lacksFiles, stackActions } from '#features/stack/index.ts';
import type { OperationEntry } from '#state/index.ts';
import { type PanelPage, pages } from '../pages.ts';
import { refusalFor } from '../role-gate.tsx';
import { keysOf } from '../shortcuts.ts';

/** What choosing a command does. Nothing that wants a look at its plan first is done at once: `ask` and `release` lead to it. */
export type Deed =
  | { readonly type: 'go'; readonly page: PanelPage['to'] }
  | { readonly type: 'logs'; readonly service: string }
  | { readonly type: 'environment' | 'other'; readonly id: string }
  | { readonly type: 'order'; readonly action: Action }
  | { readonly type: 'ask'; readonly verb: string }
  | { readonly type: 'release'; readonly verb: 'deploy' | 'rollback'; readonly of: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'help' | 'tour' | 'diagnostics' };

/** Headings under which commands stand, in their order. */
export const commandGroups = ['Stack', 'Pages', 'Services', 'Releases', 'Environments', 'Panel'] as const;

export interface Command {
  readonly id: string;
  readonly group: (typeof commandGroups)[number];
  readonly title: string;
  /** What it is, in small print; searched, too. */
  readonly note?: string;
  /** Other words by which it is found. */
  readonly words?: string;
  readonly keys?: readonly string[];
  /** Why it cannot be chosen now. */
  readonly disabled?: string;
  readonly deed: Deed;
}

/** What the panel knows and the commands depend on. */
export interface CommandState {
  readonly online: boolean;
  /** Of whoever looks; absent before it is known. */
  readonly role?: Role | undefined;
  readonly project?: Project | undefined;
  /** The one that is looked at. */
  readonly environment?: Environment | undefined;
  readonly others?: readonly OtherProject[] | undefined;
  readonly stack?: StackState | undefined;
  readonly operation?: OperationEntry | undefined;
  readonly releases?: readonly Release[] | undefined;
  readonly remote?: RemoteReleases | undefined;
}

const mostReleases = 8;

function because(reason: string | undefined): Pick<Command, 'disabled'> {
  return reason === undefined ? {} : { disabled: reason };
}

const mainActions = [
  { name: 'Start', words: 'up run', not: 'It runs already' },
  { name: 'Stop', words: 'down halt', not: 'Nothing runs' },
  { name: 'Restart', words: '', not: 'Nothing runs' },
  { name: 'Apply changes', words: 'recreate update up', not: 'What runs is what the files say' },
  { name: 'Build', words: 'images', not: 'Its compose files are not on this machine' },
] as const;

function unfit({ stack }: CommandState): string | undefined {
  if (stack?.problem === undefined || lacksFiles(stack)) return undefined;
  return 'The files of this environment cannot be used';
}

/** Why nothing can be done with the stack now, by this user. */
function hindranceIn({ role, online, stack, operation }: CommandState): string | undefined {
  return refusalFor(role, 'operator') ?? hindranceOf({ online, stack, operation });
}

function stackCommands(state: CommandState, environment: Environment): Command[] {
  const { stack } = state;
  const hindrance = hindranceIn(state) ?? unfit(state);
  const offered = stack === undefined ? [] : stackActions(stack);
  const commands = mainActions.map(({ name, words, not }): Command => {
    const button = offered.find((one) => one.name === name);
    const verb = button?.verb ?? 'up';
    return {
      id: `stack ${name}`,
      group: 'Stack',
      title: button?.ask === true ? `${name}…` : name,
      note: environment.title,
      words,
      ...because(hindrance ?? (button === undefined ? not : undefined)),
      deed: button?.ask === true ? { type: 'ask', verb } : { type: 'order', action: { verb, services: [] } },
    };
  });
  return commands.sort((a, b) => Number(a.disabled !== undefined) - Number(b.disabled !== undefined));
}

function serviceCommands(state: CommandState): Command[] {
  const { stack } = state;
  const hindrance = hindranceIn(state);
  return (stack?.services ?? []).flatMap((service): Command[] => {
    const { name } = service;
    return [
      {
        id: `logs ${name}`,
        group: 'Services',
        title: `Logs of ${name}`,
        words: 'show lines output',
        deed: { type: 'logs', service: name },
      },
      {
        id: `restart ${name}`,
        group: 'Services',
        title: `Restart ${name}`,
        ...because(hindrance ?? (isRunning(service) ? undefined : `${name} does not run`)),
        deed: { type: 'order', action: { verb: 'restart', services: [name] } },
      },
    ];
  });
}

function releaseCommands(state: CommandState): Command[] {
  const { releases = [], remote } = state;
  const elsewhere = releases.some(({ outcome }) => outcome === 'running') ? 'Somebody else deploys' : undefined;
  const hindrance = hindranceIn(state) ?? elsewhere;
  const back = releaseRows(releases).flatMap(({ use, release }): Command[] => {
    const { id, version, readiness, provenance } = release;
    if (use !== 'rollback') return [];
    const unusable = readiness?.light === 'red' ? (readiness.reasons[0] ?? 'It cannot be used any more') : undefined;
    return [
      {
        id: `rollback ${id}`,
        group: 'Releases',
        title: `Roll back to ${version}…`,
        ...(provenance.subject === undefined ? {} : { note: provenance.subject }),
        words: 'rollback undo revert return',
        ...because(hindrance ?? unusable),
        deed: { type: 'release', verb: 'rollback', of: id },
      },
    ];
  });
  const forward = (remote?.releases ?? [])
    .filter(({ current }) => !current)
    .map(
      ({ version, missing, provenance }): Command => ({
        id: `deploy ${version}`,
        group: 'Releases',
        title: `Deploy ${version}…`,
        ...(provenance.subject === undefined ? {} : { note: provenance.subject }),
        words: 'release ship',
        ...because(
          hindrance ?? (missing.length > 0 ? `The registry does not have it for ${missing.join(', ')}` : undefined),
        ),
        deed: { type: 'release', verb: 'deploy', of: version },
      }),
    );
  return [...back.slice(0, mostReleases), ...forward.slice(0, mostReleases)];
}

function environmentCommands({ project, environment, others = [] }: CommandState): Command[] {
  const known = (project?.environments ?? []).filter(({ id }) => id !== environment?.id);
  return [
    ...known.map(
      ({ id, title, project: name }): Command => ({
        id: `environment ${id}`,
        group: 'Environments',
        title: `Look at ${title}`,
        ...(name === undefined ? {} : { note: name }),
        words: 'environment switch',
        deed: { type: 'environment', id },
      }),
    ),
    ...others
      .filter(({ id }) => id !== environment?.id)
      .map(
        ({ id, project: name, directory }): Command => ({
          id: `other ${id}`,
          group: 'Environments',
          title: `Look at ${name}`,
          note: directory ?? 'also on this engine',
          words: 'project switch',
          deed: { type: 'other', id },
        }),
      ),
  ];
}

/** All that can be chosen as things stand, in the order in which it is shown. */
export function commandsFor(state: CommandState): readonly Command[] {
  const { environment } = state;
  return [
    ...(environment === undefined ? [] : stackCommands(state, environment)),
    ...pages.map(
      ({ to, name }): Command => ({
        id: `page ${to}`,
        group: 'Pages',
        title: name,
        words: 'page go to',
        keys: keysOf({ type: 'go', page: to }),
        deed: { type: 'go', page: to },
      }),
    ),
    ...serviceCommands(state),
    ...releaseCommands(state),
    ...environmentCommands(state),
    ...(environment === undefined
      ? []
      : [
          {
            id: 'copy',
            group: 'Panel' as const,
            title: 'Copy the terminal command',
            note: environment.command,
            words: 'docker compose clipboard',
            deed: { type: 'copy' as const, text: environment.command },
          },
        ]),
    {
      id: 'diagnostics',
      group: 'Panel',
      title: 'Make a diagnostics bundle',
      words: 'help support problem report bug engineer',
      ...because(refusalFor(state.role, 'admin')),
      deed: { type: 'diagnostics' },
    },
    {
      id: 'help',
      group: 'Panel',
      title: 'Show the keyboard shortcuts',
      words: 'help keys',
      keys: keysOf({ type: 'help' }),
      deed: { type: 'help' },
    },
    {
      id: 'tour',
      group: 'Panel',
      title: 'Take the tour',
      words: 'first steps help introduction',
      deed: { type: 'tour' },
    },
  ];
}
