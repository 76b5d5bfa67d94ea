import { t } from '#words/index.ts';
import { type Command, commandGroups } from './commands.ts';
import { fitOf } from './match.ts';

interface FoundGroup {
  readonly group: Command['group'];
  /** What stands above them. */
  readonly title: string;
  readonly commands: readonly Command[];
}

/** How many are shown of each group before anything is typed. */
const mostUnasked = 6;
const mostFound = 40;

/** Its title counts in full, its small print and other words only where the title does not fit. */
function fitOfCommand(query: string, { title, note = '', words = '', disabled }: Command): number | undefined {
  const whole = fitOf(query, title);
  const fit = whole ?? fitOf(query, `${title} ${words} ${note}`);
  if (fit === undefined) return undefined;
  return fit + (whole === undefined ? -50 : 0) + (disabled === undefined ? 0 : -25);
}

function grouped(commands: readonly Command[], groups: readonly Command['group'][]): FoundGroup[] {
  return groups.flatMap((group) => {
    const own = commands.filter((command) => command.group === group);
    return own.length === 0 ? [] : [{ group, title: t(`app:palette.group.${group}`), commands: own }];
  });
}

/** The commands that fit what was typed, the best first, under their headings; a heading stands where its best one would. */
export function searchCommands(commands: readonly Command[], query: string): readonly FoundGroup[] {
  if (query.trim() === '') {
    return grouped(commands, commandGroups).map(({ group, title, commands: own }) => ({
      group,
      title,
      commands: group === 'Pages' ? own : own.slice(0, mostUnasked),
    }));
  }
  const found = commands
    .flatMap((command) => {
      const fit = fitOfCommand(query, command);
      return fit === undefined ? [] : [{ command, fit }];
    })
    .sort((a, b) => b.fit - a.fit)
    .slice(0, mostFound)
    .map(({ command }) => command);
  return grouped(found, [...new Set(found.map(({ group }) => group))]);
}
