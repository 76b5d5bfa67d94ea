import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { readEnvEntries } from '#engine/compose/index.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { editEnvText } from './edit.ts';

let project: ComposeProject;

afterEach(() => project.remove());

const values = [
  ...[
    '',
    ' ',
    'a b',
    ' lead and trail ',
    "it's",
    '"',
    '\\',
    'a\\',
    "\\'",
    '\\"',
    '$HOME',
    '$$',
    '${X:-y}',
    '\\$A',
    "'$A\\",
  ],
  ...[
    '#x',
    'a #b',
    'line\nline',
    'tab\tx',
    'a=b',
    'a:b',
    'ä€😀',
    '`id`',
    '{"a":"b\'$"}',
    '\\n',
    'C:\\new\\0101',
    '\\\\$\\\\',
    '!@%^&*()',
  ],
];

test('what is set is what docker compose reads', async () => {
  const made = fc.sample(fc.string({ unit: fc.constantFrom(...Array.from('\\\'"$#={}\n\t `A0é')) }), {
    seed: 7,
    numRuns: 300,
  });
  const all = Object.fromEntries([...values, ...made].map((value, index) => [`V${index}`, value]));
  // Half of them replace what is written in double quotes, a third what is in single ones, with a comment behind it.
  const before = Object.keys(all).flatMap((name, index) =>
    index % 2 === 0 ? `${name}="old" # comment\n` : index % 3 === 0 ? `${name}='old' # comment\n` : [],
  );
  const read = (text: string) => readEnvEntries('.env', text, () => undefined);
  const text = editEnvText(before.join(''), { set: all, unset: [] }, read);
  project = await createComposeProject({ services: { web: { image: 'x', env_file: '.env' } } });
  await project.write('.env', text);
  const printed = await project.compose('config', '--format', 'json');
  const model = JSON.parse(printed) as { services: { web: { environment: Record<string, string> } } };
  const { environment } = model.services.web;
  const told = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replaceAll('$$', '$')]),
  );
  expect(told).toEqual(all);
});
