import fc from 'fast-check';

/** Arbitraries of compose services and env files: valid in form, of any content. */

const word = fc.stringMatching(/^[a-z<>&é"\\ ]{1,8}$/);
const key = fc.stringMatching(/^[a-z0-9]{1,5}$/);
const name = fc.constantFrom('SET', 'EMPTY', 'UNSET', 'OTHER');
const size = fc
  .tuple(fc.integer({ min: 8, max: 900 }), fc.constantFrom('m', 'mb', 'MiB', 'k', 'g', ''))
  .map(([number, unit]) => `${number}${unit}`);
const period = fc
  .tuple(fc.integer({ min: 1, max: 9000 }), fc.constantFrom('s', 'ms', 'm'))
  .map(([number, unit]) => `${number}${unit}`);
const port = fc.integer({ min: 1, max: 65_000 });

/** A text with variables in it, in every form of the grammar. */
const templated: fc.Arbitrary<string> = fc.letrec<{ text: string; form: string }>((tie) => ({
  text: fc
    .array(fc.oneof({ maxDepth: 3 }, word, fc.constant('$$'), tie('form')), { maxLength: 3 })
    .map((all) => all.join('')),
  form: fc.oneof(
    name.map((one) => `\${${one}}`),
    fc
      .tuple(name, fc.constantFrom(':-', '-', ':+', '+'), tie('text'))
      .map(([one, operator, rest]) => `\${${one}${operator}${rest.replaceAll(/[\\"]/g, '')}}`),
  ),
})).text;

const scalar = fc.oneof(
  word,
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
  fc.constant(null),
);
const pairs = fc.oneof(
  fc.dictionary(key, fc.oneof(scalar, templated)),
  fc.uniqueArray(
    fc.tuple(key, word).map(([left, right]) => `${left}=${right}`),
    {
      maxLength: 3,
      selector: (pair) => pair.split('=')[0],
    },
  ),
);
const shortPort = fc.oneof(
  port.map(String),
  fc.tuple(port, port).map(([left, right]) => `${left}:${right}`),
  fc
    .tuple(port, port, fc.constantFrom('udp', 'tcp'))
    .map(([left, right, kind]) => `127.0.0.1:${left}:${right}/${kind}`),
);
const longPort = fc.record(
  {
    target: port,
    published: port.map(String),
    protocol: fc.constantFrom('tcp', 'udp'),
    mode: fc.constantFrom('host', 'ingress'),
  },
  { requiredKeys: ['target'] },
);

/** Attributes of a service, as JSON. Everything in it is accepted by docker compose 2.26 and later. */
export const anyService = fc
  .record(
    {
      command: fc.oneof(fc.array(word, { maxLength: 3 }), fc.constant('run "a b" c && d'), fc.constant(null)),
      environment: pairs,
      labels: pairs,
      mem_limit: size,
      cpus: fc.integer({ min: 1, max: 199 }).map((number) => number / 100),
      healthcheck: fc.record(
        {
          test: fc.oneof(
            word,
            fc.array(word, { minLength: 1 }).map((words) => ['CMD', ...words]),
          ),
          interval: period,
          retries: fc.integer({ min: 0, max: 9 }),
          start_period: period,
        },
        { requiredKeys: ['test'] },
      ),
      stop_grace_period: period,
      init: fc.boolean(),
      tty: fc.boolean(),
      user: word,
      expose: fc.uniqueArray(port, { maxLength: 3 }),
      ports: fc.uniqueArray(fc.oneof(shortPort, longPort), { maxLength: 3, selector: (one) => JSON.stringify(one) }),
      tmpfs: fc.uniqueArray(
        key.map((one) => `/${one}`),
        { maxLength: 2 },
      ),
      volumes: fc.uniqueArray(
        fc
          .tuple(fc.constantFrom('./x', '/abs', '../up', 'vol'), key, fc.constantFrom('', ':ro', ':z'))
          .map(([from, to, mode]) => `${from}:/v-${to}${mode}`),
        { maxLength: 2, selector: (one) => one.split(':')[1] },
      ),
      ulimits: fc.record({ nofile: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant({ soft: 1, hard: 2 })) }),
      logging: fc.record({
        driver: fc.constant('json-file'),
        options: fc.record({ 'max-file': fc.integer({ min: 1, max: 9 }) }),
      }),
      extra_hosts: fc.dictionary(key, fc.constantFrom('1.1.1.1', '::1')),
      restart: fc.constantFrom('no', 'always', 'on-failure:3', 'unless-stopped'),
      stop_signal: fc.constantFrom('SIGINT', 'SIGTERM'),
      deploy: fc.record(
        {
          replicas: fc.constant(1),
          resources: fc.record({ limits: fc.record({ memory: size, cpus: fc.constant('0.5') }, { requiredKeys: [] }) }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  .filter(({ cpus, mem_limit, deploy }) => deploy === undefined || (cpus === undefined && mem_limit === undefined));

const envKey = fc.constantFrom('A', 'B', 'C_1', 'd.e', 'F-G', 'É');
const plainText = fc.stringMatching(/^[a-z0-9 =:/#.,@&<>é'"-]{0,12}$/);
const envValue = fc.oneof(
  fc.stringMatching(/^[a-z0-9=:/.,@é-]{0,12}$/),
  fc.stringMatching(/^[a-z0-9 =:/#.,é'-]{0,12}$/).map((text) => `"${text}"`),
  fc.stringMatching(/^[a-z0-9 =:/#.,é"$\\-]{0,12}$/).map((text) => `'${text.replaceAll('\\', '')}'`),
  fc.constantFrom('"\\n\\t\\"\\\\"', '"a\nb"', "'a\nb'", '$A', '${B:-x}', '"${A}y"', '$$A', 'a # b', 'a#b', ''),
  name.map((one) => `\${${one}:-d}`),
);
const envLine = fc.oneof(
  fc
    .tuple(fc.constantFrom('', 'export ', '  '), envKey, fc.constantFrom('=', ' = ', ': '), envValue)
    .map((parts) => parts.join('')),
  plainText.map((text) => `# ${text}`),
  fc.constantFrom('', '   ', 'SET', 'UNSET'),
);

/** The text of an env file; every line ends, since docker compose misreads a name alone at the end. */
export const anyEnvFile = fc
  .tuple(fc.array(envLine, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => lines.map((line) => `${line}${end}`).join(''));

/** Variables that both tools see while they read what is made up here. */
export const surroundings = { SET: 'set value', EMPTY: '', OTHER: 'o$o' } as const;
