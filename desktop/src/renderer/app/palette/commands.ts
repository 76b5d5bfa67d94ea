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
import { t } from '#words/index.ts';
import { type PanelPage, pageName, pages } from '../pages.ts';
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

/** The groups in which commands stand, in their order. */
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

const mainActions = ['start', 'stop', 'restart', 'apply', 'build'] as const;

/** Which of the main actions a button in the head of the stack's page is. */
function mainActionOf({ verb, ask }: ReturnType<typeof stackActions>[number]): string {
  if (verb === 'up' && ask) return 'apply';
  return verb === 'up' ? 'start' : verb;
}

function unfit({ stack }: CommandState): string | undefined {
  if (stack?.problem === undefined || lacksFiles(stack)) return undefined;
  return t('app:command.unfit');
}

/** Why nothing can be done with the stack now, by this user. */
function hindranceIn({ role, online, stack, operation }: CommandState): string | undefined {
  return refusalFor(role, 'operator') ?? hindranceOf({ online, stack, operation });
}

function stackCommands(state: CommandState, environment: Environment): Command[] {
  const { stack } = state;
  const hindrance = hindranceIn(state) ?? unfit(state);
  const offered = stack === undefined ? [] : stackActions(stack);
  const commands = mainActions.map((main): Command => {
    const button = offered.find((one) => mainActionOf(one) === main);
    const name = t(`app:command.${main}.title`);
    const verb = button?.verb ?? 'up';
    return {
      id: `stack ${main}`,
      group: 'Stack',
      title: button?.ask === true ? `${name}…` : name,
      note: environment.title,
      words: t(`app:command.${main}.words`),
      ...because(hindrance ?? (button === undefined ? t(`app:command.${main}.not`) : undefined)),
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
        title: t('app:command.logs.title', { service: name }),
        words: t('app:command.logs.words'),
        deed: { type: 'logs', service: name },
      },
      {
        id: `restart ${name}`,
        group: 'Services',
        title: t('app:command.restartOne', { service: name }),
        ...because(hindrance ?? (isRunning(service) ? undefined : t('app:command.notRunning', { service: name }))),
        deed: { type: 'order', action: { verb: 'restart', services: [name] } },
      },
    ];
  });
}

function releaseCommands(state: CommandState): Command[] {
  const { releases = [], remote } = state;
  const elsewhere = releases.some(({ outcome }) => outcome === 'running') ? t('app:command.elsewhere') : undefined;
  const hindrance = hindranceIn(state) ?? elsewhere;
  const back = releaseRows(releases).flatMap(({ use, release }): Command[] => {
    const { id, version, readiness, provenance } = release;
    if (use !== 'rollback') return [];
    const unusable = readiness?.light === 'red' ? (readiness.reasons[0] ?? t('app:command.unusable')) : undefined;
    return [
      {
        id: `rollback ${id}`,
        group: 'Releases',
        title: t('app:command.rollback.title', { version }),
        ...(provenance.subject === undefined ? {} : { note: provenance.subject }),
        words: t('app:command.rollback.words'),
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
        title: t('app:command.deploy.title', { version }),
        ...(provenance.subject === undefined ? {} : { note: provenance.subject }),
        words: t('app:command.deploy.words'),
        ...because(
          hindrance ?? (missing.length > 0 ? t('app:command.missing', { services: missing.join(', ') }) : undefined),
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
        title: t('app:command.look', { name: title }),
        ...(name === undefined ? {} : { note: name }),
        words: t('app:command.environmentWords'),
        deed: { type: 'environment', id },
      }),
    ),
    ...others
      .filter(({ id }) => id !== environment?.id)
      .map(
        ({ id, project: name, directory }): Command => ({
          id: `other ${id}`,
          group: 'Environments',
          title: t('app:command.look', { name }),
          note: directory ?? t('app:command.otherNote'),
          words: t('app:command.otherWords'),
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
      (page): Command => ({
        id: `page ${page.to}`,
        group: 'Pages',
        title: pageName(page),
        words: t('app:command.pageWords'),
        keys: keysOf({ type: 'go', page: page.to }),
        deed: { type: 'go', page: page.to },
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
            title: t('app:command.copy.title'),
            note: environment.command,
            words: t('app:command.copy.words'),
            deed: { type: 'copy' as const, text: environment.command },
          },
        ]),
    {
      id: 'diagnostics',
      group: 'Panel',
      title: t('app:command.diagnostics.title'),
      words: t('app:command.diagnostics.words'),
      ...because(refusalFor(state.role, 'admin')),
      deed: { type: 'diagnostics' },
    },
    {
      id: 'help',
      group: 'Panel',
      title: t('app:command.help.title'),
      words: t('app:command.help.words'),
      keys: keysOf({ type: 'help' }),
      deed: { type: 'help' },
    },
    {
      id: 'tour',
      group: 'Panel',
      title: t('app:command.tour.title'),
      words: t('app:command.tour.words'),
      deed: { type: 'tour' },
    },
  ];
}
