import { buildFailureDetails, lastLinesDetails, type Problem } from '#contract/index.ts';
import { localTimes } from '#kit/local-time.ts';
import { printable } from '#kit/printable.ts';

/** Where a command writes. With `--json`, standard output holds NDJSON only and everything for people goes to standard error. */
export interface Output {
  readonly json: boolean;
  /** True where progress may be redrawn in place. */
  readonly live: boolean;
  /** A line for people. */
  line(text?: string): void;
  /** The same for many, at the cost of one. */
  lines(texts: readonly string[]): void;
  /** A hint or warning for people; never on standard output. */
  hint(text: string): void;
  /** Bare text on standard output, such as a YAML document; not used with --json. */
  raw(text: string): void;
  event(event: object): void;
  events(events: readonly object[]): void;
  result(ok: boolean, value: object): void;
  problem(problem: Problem): void;
  paint(style: Style, text: string): string;
}

export type Style = 'ok' | 'bad' | 'warn' | 'dim' | 'bold' | 'accent';

const codes: Record<Style, string> = { ok: '32', bad: '31', warn: '33', dim: '2', bold: '1', accent: '36' };

export function createOutput(json: boolean, env: Readonly<Record<string, string | undefined>>): Output {
  const people = json ? process.stderr : process.stdout;
  const colour = people.isTTY && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb';
  const paint = (style: Style, text: string): string => (colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
  const write = (text: string): void => void process.stdout.write(`${text}\n`);
  const lines = (texts: readonly string[]): void => {
    if (texts.length > 0) people.write(`${texts.join('\n')}\n`);
  };
  const events = (list: readonly object[]): void => {
    if (json && list.length > 0)
      write(list.map((event) => JSON.stringify({ type: 'event', ...renamed(event) })).join('\n'));
  };
  return {
    json,
    live: !json && people.isTTY && env['TERM'] !== 'dumb',
    paint,
    line(text = '') {
      lines([text]);
    },
    lines,
    hint: (text) => void process.stderr.write(`${text}\n`),
    raw: (text) => void process.stdout.write(text),
    event(event) {
      events([event]);
    },
    events,
    result(ok, value) {
      if (json) write(JSON.stringify({ type: 'result', ok, ...renamed(value) }));
    },
    problem(problem) {
      process.stderr.write(`${paint('bad', 'error')}: ${localTimes(problem.message)}\n`);
      for (const text of detailLines(problem)) process.stderr.write(`  ${text}\n`);
      if (problem.remedy !== undefined) process.stderr.write(`${paint('bold', 'remedy')}: ${problem.remedy}\n`);
    },
  };
}

/** The key `type` belongs to the envelope; what an event calls its own type is `event`. */
function renamed(value: object): object {
  if (!('type' in value)) return value;
  const { type, ...rest } = value;
  return { event: type, ...rest };
}

/** Parts of an error's details that help to read it: the place in the Dockerfile, the last output, the last log lines. */
function detailLines({ details = {} }: Problem): string[] {
  const build = buildFailureDetails.safeParse(details).data;
  const last = lastLinesDetails.safeParse(details).data;
  const excerpt = build?.excerpt.map(({ line, text, failing }) => `${failing ? '>' : ' '} ${line} | ${text}`) ?? [];
  return [
    ...section(build?.dockerfile ?? 'Dockerfile', excerpt),
    ...section('output', build?.output ?? []),
    ...section('probe', last?.probe?.split('\n') ?? []),
    ...section('logs', last?.logs ?? []),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  const kept = lines.filter((line) => line !== '').slice(-20);
  return kept.length === 0 ? [] : [`${title}:`, ...kept.map((line) => `  ${printable(line)}`)];
}
