import { askJson } from './ask.mjs';
import { allProcesses, commandLine, environment, signal } from './proc.mjs';
import { Trouble } from './trouble.mjs';

/** Every test run marks its processes with this variable, so that those it leaves behind can be found. */
export const runMark = 'QUAYSIDE_TEST_RUN';

const mine = /(^|[/=])qs-test-/;

const kinds = [
  { kind: 'container', path: '/containers/json?all=1', id: ({ Id }) => Id, names: ({ Names }) => Names },
  { kind: 'network', path: '/networks', id: ({ Id }) => Id, names: ({ Name }) => [Name] },
  {
    kind: 'volume',
    path: '/volumes',
    list: ({ Volumes }) => Volumes ?? [],
    id: ({ Name }) => Name,
    names: ({ Name }) => [Name],
  },
  {
    kind: 'image',
    path: '/images/json',
    id: ({ Id, RepoTags }) => `${Id} ${RepoTags}`,
    names: ({ RepoTags }) => RepoTags ?? [],
  },
];

/** Everything on the engine that is named or labelled as a test's, as a map from identity to words. */
export async function testThings(endpoint) {
  const found = new Map();
  for (const { kind, path, list = (all) => all, id, names } of kinds) {
    const answer = await askJson(endpoint, path, { deadline: 30_000 });
    if (!answer)
      throw new Trouble(
        `The engine at ${endpoint} does not answer any more.`,
        'Look at its log; the tests may have stopped it.',
      );
    for (const item of list(answer)) {
      const labels = Object.values(item.Labels ?? {});
      const words = [...names(item), ...labels].filter((text) => mine.test(text));
      if (words.length > 0) found.set(`${kind} ${id(item)}`, `${kind} ${words[0].replace(/^\//, '')}`);
    }
  }
  return found;
}

/** What there is now and was not `before`, in words. */
export async function leftThings(endpoint, before) {
  const now = await testThings(endpoint);
  return [...now].filter(([id]) => !before.has(id)).map(([, words]) => words);
}

/** Processes which a test run left behind, in words; they are ended, because nobody else will. */
export function endLeftProcesses(run) {
  if (process.platform !== 'linux') return [];
  const left = allProcesses().filter((pid) => environment(pid).includes(`${runMark}=${run}`));
  const words = left.map((pid) => `process ${pid}: ${commandLine(pid).join(' ').slice(0, 120)}`);
  for (const pid of left) signal(pid, 'SIGKILL');
  return words;
}
