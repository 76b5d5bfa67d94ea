import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LogLine, type LogStreamQuery, logLevels, logStreamQuery } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';

interface LogOptions {
  readonly follow?: boolean;
  readonly since?: string;
  readonly tail?: number | 'all';
  readonly level?: LogLine['level'];
  readonly grep?: string;
  readonly correlation?: string;
  readonly until?: string;
  readonly where?: string;
  readonly prefix: boolean;
  readonly reveal?: boolean;
}

export function addLogs(program: Command, register: Register): void {
  const command = program
    .command('logs')
    .description('print the log lines of all services in the order of their time')
    .argument('[service...]', 'only these services')
    .option('-f, --follow', 'go on with new lines until interrupted')
    .option('--since <time>', 'ISO time, or a time back from now such as 10m or 2h')
    .addOption(new Option('--until <time>', 'the same, for the newest line').conflicts('follow'))
    .option('-n, --tail <n>', 'lines per container to begin with, or "all"', linesToBeginWith)
    .addOption(
      new Option('--level <level>', 'this level and above').choices(logLevels.filter((level) => level !== 'none')),
    )
    .option('--grep <pattern>', 'only lines with this text, or matching /this/')
    .option('--correlation <id>', 'only lines of this request')
    .option('--where <filter>', 'only lines like this, such as "status>=500 path=/api/chat -level=debug"')
    .option('--no-prefix', 'only the text of the lines; what Quayside has to say goes to standard error')
    .option('--reveal', 'show secrets as they are');
  register(command, async (session) => {
    const { client, output, signal } = session;
    const options = command.opts<LogOptions>();
    const query = queryOf(await session.environment(), command.args, options);
    try {
      for await (const { lines } of await client.logs.stream(query, { signal })) {
        show(output, lines, options.prefix);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    output.result(true, {});
    return exitStatus.done;
  });
}

function queryOf(environment: string, services: readonly string[], options: LogOptions): LogStreamQuery {
  const lowest = options.level === undefined ? -1 : logLevels.indexOf(options.level);
  const levels = lowest < 0 ? [] : logLevels.filter((level, index) => index >= lowest && level !== 'none');
  return logStreamQuery.parse({
    environment,
    follow: options.follow === true,
    tail: options.tail === 'all' ? undefined : options.tail,
    since: options.since,
    until: options.until,
    reveal: options.reveal === true,
    filter: { services, levels, search: options.grep ?? '', correlationId: options.correlation, query: options.where },
  });
}

function show(output: Output, lines: readonly LogLine[], prefix: boolean): void {
  if (output.json) output.events(lines.map((line) => ({ type: 'log', ...line })));
  else if (prefix) output.lines(lines.map((line) => prefixed(output, line)));
  else {
    let begun = 0;
    for (const [index, { stream, text }] of lines.entries()) {
      if (stream !== 'marker') continue;
      output.lines(lines.slice(begun, index).map((line) => printable(line.text)));
      output.hint(printable(text));
      begun = index + 1;
    }
    output.lines(lines.slice(begun).map((line) => printable(line.text)));
  }
}

function prefixed(output: Output, { time, service, text }: LogLine): string {
  return `${output.paint('dim', time.slice(11, 23))} ${output.paint('accent', service)} ${printable(text)}`;
}

function linesToBeginWith(text: string): number | 'all' {
  if (text === 'all') return text;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('has to be a whole number or "all".');
  return value;
}
