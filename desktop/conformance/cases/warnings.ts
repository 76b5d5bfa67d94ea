import { type Case, file } from '../case.ts';

const main = (services: string, rest = ''): string => `name: qs-case\nservices: ${services}\n${rest}`;

/** What the reference warns about; both tools have to name the same variables and the same attributes. */
export const warningCases: readonly Case[] = [
  file('nothing to warn about', main('{a: {image: x}}')),
  file('variable not set', main('{a: {image: "x:${NOPE}"}}')),
  file('several variables', main('{a: {image: "x:${ONE}-$TWO", user: "${THREE}"}}')),
  file('same variable twice', main('{a: {image: "x:${NOPE}", user: "$NOPE"}}')),
  file('variable with a default', main('{a: {image: "x:${NOPE:-1}", user: "${NOPE-}", hostname: "${NOPE:+y}"}}')),
  file('variable that is empty', main('{a: {image: "x:${EMPTY}"}}'), { env: { EMPTY: '' } }),
  file('variable in a default', main('{a: {image: "x:${NOPE:-$OTHER}"}}')),
  file('variable in a default that is not used', main('{a: {image: "x:${SET:-$OTHER}"}}'), { env: { SET: 's' } }),
  file('variable in a disabled service', main('{a: {image: x}, b: {image: "x$NOPE", profiles: [p]}}')),
  file('variable in an extension', main('{a: {image: x}}', 'x-a: "$NOPE"')),
  file('variable in a comment', main('{a: {image: x}} # $NOPE')),
  file('variable that is escaped', main('{a: {image: x, command: "echo $$NOPE"}}')),
  file(
    'variable in an anchor',
    'name: qs-case\nx-a: &a {user: "$NOPE"}\nservices: {a: {image: x, <<: *a}, b: {image: y, <<: *a}}',
  ),
  file('variable in an included file', 'name: qs-case\ninclude: [inc.yml]\n', {
    files: { 'inc.yml': 'services: {b: {image: "x$NOPE"}}\n' },
  }),
  file('variable in an extended file', main('{a: {extends: {service: s, file: base.yml}}}'), {
    files: { 'base.yml': 'services: {s: {image: "x$NOPE"}}\n' },
  }),
  file('variable in a second file', main('{a: {image: x}}'), {
    files: { 'over.yml': 'services: {a: {user: "$NOPE"}}' },
    use: ['compose.yml', 'over.yml'],
  }),
  file('variable in .env', main('{a: {image: "x:$A"}}'), { files: { '.env': 'A=$NOPE\n' } }),
  file('variable in an env_file', main('{a: {image: x, env_file: e.env}}'), { files: { 'e.env': 'A=$NOPE\n' } }),
  file('version', 'version: "3"\nname: qs-case\nservices: {a: {image: x}}'),
  file('version in the second file', main('{a: {image: x}}'), {
    files: { 'over.yml': 'version: "2"\nservices: {a: {user: u}}' },
    use: ['compose.yml', 'over.yml'],
  }),
];
