import { type Case, file } from '../case.ts';

const main = 'name: qs-case\nservices:\n  a:\n    image: x\n    env_file: e.env\n    environment: {OWN: "1", NUL: }\n';
const shell = { E: '', S: 'set', O: 'from shell' };

const envFile = (name: string, content: string): Case => file(name, main, { files: { 'e.env': content }, env: shell });

/** A case of one line each, which all stand in one file after `A=1`. */
const lines = (name: string, ...texts: string[]): Case => envFile(name, `A=1\n${texts.join('\n')}\n`);

/** Files of `env_file`. */
export const envFileCases: readonly Case[] = [
  envFile('plain', 'A=1\nB = spaced \nC: y\n# comment\nG=unq # c\nH=unq#x\n\nexport X=5\nexport\tY=6\nexported=7'),
  envFile(
    'quotes',
    `E="a\\n\\t\\$A"\nF='it\\'s \\n $A'\nCC="#x"\nEE="\\x41 \\0101"\nT='a'b\nM="two\nlines"\nQ="say \\"hi\\""\nBS="a\\\\"`,
  ),
  lines(
    'double quotes',
    'B="x"',
    'C=""',
    'D="a b"',
    'F="a=b"',
    'G="a # b"',
    'H="a"#c',
    'I="a" # c',
    'J=" lead and trail "',
  ),
  lines(
    'double quote escapes',
    ...['a', 'b', 'f', 'n', 'r', 't', 'v', '"', '$', '\\\\', 'z', '0101', '012', '08', 'x41', 'u00e9', "'"].map(
      (code, index) => `K${index}="<\\${code}>"`,
    ),
  ),
  lines(
    'single quotes',
    "B='x'",
    "C=''",
    "D='a b'",
    "F='$A ${A}'",
    "G='a \\n b'",
    "H='it\\'s'",
    "I='a' # c",
    "J='a'b",
    `K='say "x"'`,
  ),
  lines('quotes of several lines', 'B="one', '  two', '', 'three"', "C='one", "two'", 'D=after'),
  lines('quote in the middle', 'B=a"b"c', "C=a'b'", 'D=a"b c"', 'F="a"b"c"'),
  lines('escaped in unquoted', 'B=a\\nb', 'C=a\\ b', 'D=\\$A', 'F=a\\\\b', 'G=\\"x\\"'),
  lines(
    'expansion',
    'L=${A}${U:-d}',
    'R=$$A',
    'S2=$S',
    'K=${U}',
    'M="${A} $A"',
    'N=${A:+yes}${U:+no}',
    'P=${E:-empty}',
    'Q=${E-empty}',
  ),
  lines('expansion of later ones', 'B=${C}', 'C=2', 'D=${C}'),
  lines('expansion of itself', 'A=${A}x', 'B=${B:-none}'),
  lines('expansion nested', 'B=${U:-${V:-${A}}}', 'C=${U:-$A}', 'D=${U:-"q"}', "F=${U:-'q'}"),
  lines('expansion with spaces', 'B=${U:-a b}', 'C="${U:-a b}"', 'D=${U:-a # b}', 'F=${U:-}  '),
  lines('dollar alone', 'B=$', 'C=a$', 'D=$1', 'F="$ x"', 'G=$(x)', 'H=5$'),
  lines('comments', '# one', '  # two', '#C=1', 'B=1 # three', 'D=1# four', 'F= # five', 'G=#six', 'H="x" # seven'),
  lines('blank lines', '', '   ', '\t', 'B=1', '', ''),
  lines('spaces around', '  B=1', '\tC=2', 'D =3', 'F= 4', 'G  =  5  ', 'H=\t6'),
  lines('colon', 'B: 1', 'C:2', 'D: "x"', 'F: a: b', 'G:', 'H=a:b'),
  lines('names', 'X.Y-Z[0]=ok', 'A-B=1', 'é=2', '1A=3', '_=4', 'a.b=5', '[x]=6'),
  lines(
    'export',
    'export B=1',
    'export  C=2',
    'export\tD=3',
    'exportF=4',
    'export=5',
    'export G',
    'export S',
    ' export H=6',
  ),
  lines('inherited', 'S', 'MISSING', 'O', 'E'),
  lines('values with equals signs', 'B=a=b', 'C==', 'D="a"="b"', 'F=?x=1&y=2'),
  lines('empty values', 'N=', 'O=""', "P=''", 'FF=  lead', 'Q= '),
  lines('twice', 'B=1', 'B=2', 'C=1', 'C'),
  lines('overridden by the service', 'OWN=file', 'NUL=file'),
  lines('JSON', 'B={"a":"b"}', `C='{"a": "b c"}'`, 'D="{\\"a\\": 1}"', 'F=[1, 2]'),
  lines('URL', 'B=http://u:p@h:80/p?q=1#f', 'C=postgres://u:p@h/db?x=y'),
  lines('unicode', 'B=é', 'C="漢字"', "D='🙂'", 'F=\u00a0x'),
  envFile('byte order mark', '\ufeffA=1\nB=2\n'),
  envFile('windows line ends', 'A=1\r\nB="2"\r\nC=\'3\'\r\nD="4\r\n5"\r\n# c\r\nF=6 # c\r\n\r\nG\r\nH='),
  envFile('no line end', 'A=1\nB=2'),
  envFile('name alone at the end', 'A=1\nS'),
  envFile('no line end after a quote', 'A=1\nB="2"'),
  envFile('comment without line end', 'A=1\n# end'),
  envFile('empty', ''),
  envFile('only blanks', '\n  \n'),
  envFile('only comments', '# a\n# b'),
  envFile('shell wins in expansion', 'S=file\nP=$S\n'),
  envFile('own variable in file', 'P=${OWN}\n'),
  ...Object.entries({
    'space in a name': 'A B=1',
    'bad character': 'A@B=1',
    'bad character later': 'A=1\nB+C=2',
    'unterminated double quote': 'A="x',
    'unterminated single quote': "A='x\nB=2",
    'bad expression': 'A=${x!}',
    'unclosed expression': 'A=${x',
    required: 'A=${x:?no}',
    'required and there': 'A=${S:?no}',
    'empty name': '=x',
    'only an equals sign': '=',
    'stray text after a quote': 'A="b" c d\n',
    'dash list': '- A=1',
    'YAML map': 'A: 1\nB: {c: d}\n',
    'shell code': 'if true; then A=1; fi',
    'quoted name': '"A"=1',
    'backslash at the end': 'A=x\\\nB=y',
    NUL: 'A=\u0000',
  }).map(([name, content]) => envFile(name, content)),
  file('missing', 'name: qs-case\nservices: {a: {image: x, env_file: no.env}}'),
  file('missing and optional', 'name: qs-case\nservices: {a: {image: x, env_file: [{path: no.env, required: false}]}}'),
  file('missing and required', 'name: qs-case\nservices: {a: {image: x, env_file: [{path: no.env, required: true}]}}'),
  file('a folder', 'name: qs-case\nservices: {a: {image: x, env_file: sub}}', { files: { 'sub/keep': '' } }),
  file('an optional folder', 'name: qs-case\nservices: {a: {image: x, env_file: [{path: sub, required: false}]}}', {
    files: { 'sub/keep': '' },
  }),
  file('null device', 'name: qs-case\nservices: {a: {image: x, env_file: /dev/null}}'),
  file('in order', 'name: qs-case\nservices: {a: {image: x, env_file: [e.env, f.env]}}', {
    files: { 'e.env': 'A=1\nB=1\n', 'f.env': 'B=2\nC=${A}\n' },
  }),
  file('twice the same', 'name: qs-case\nservices: {a: {image: x, env_file: [e.env, f.env, e.env]}}', {
    files: { 'e.env': 'A=1\n', 'f.env': 'A=2\n' },
  }),
  file('text', 'name: qs-case\nservices: {a: {image: x, env_file: "${F:-e.env}"}}', { files: { 'e.env': 'A=1\n' } }),
  file('relative and home', 'name: qs-case\nservices: {a: {image: x, env_file: [./sub/e.env, sub/../f.env]}}', {
    files: { 'sub/e.env': 'A=1\n', 'f.env': 'B=2\n' },
  }),
  file('raw format', 'name: qs-case\nservices: {a: {image: x, env_file: [{path: e.env, format: raw}]}}', {
    files: { 'e.env': 'A="x $Y" # no comment\n# comment\nB=\n C = spaced \nS\nMISSING\nD=a=b\n\nE=\'q\'\n' },
    env: shell,
  }),
  file(
    'raw format with spaces in a name',
    'name: qs-case\nservices: {a: {image: x, env_file: [{path: e.env, format: raw}]}}',
    {
      files: { 'e.env': 'A B=1\n' },
    },
  ),
  file('unknown format', 'name: qs-case\nservices: {a: {image: x, env_file: [{path: e.env, format: odd}]}}', {
    files: { 'e.env': 'A=1\n' },
  }),
  file('label_file', 'name: qs-case\nservices: {a: {image: x, label_file: l.env, labels: {OWN: 1}}}', {
    files: { 'l.env': 'OWN=file\nB="q r"\nC=${S}\nD\n' },
    env: shell,
  }),
  file('label_file list', 'name: qs-case\nservices: {a: {image: x, label_file: [l.env, m.env]}}', {
    files: { 'l.env': 'A=1\nB=1\n', 'm.env': 'B=2\n' },
  }),
  file('label_file missing', 'name: qs-case\nservices: {a: {image: x, label_file: no.env}}'),
];

const dotEnv = (name: string, content: string, more: Partial<Case> = {}): Case =>
  file(
    name,
    'name: qs-case\nservices:\n  a:\n    image: x\n    environment: {A: "${A-unset}", B: "${B-unset}", C: }\n',
    {
      ...more,
      files: { '.env': content, ...more.files },
    },
  );

/** Where variables come from, and which source wins. */
export const precedenceCases: readonly Case[] = [
  dotEnv('.env', 'A=1\nB=$A\nC=3'),
  dotEnv('shell over .env', 'A=1\nB=$A', { env: { A: 'shell' } }),
  dotEnv('empty shell variable over .env', 'A=1\nB=2', { env: { A: '' } }),
  dotEnv('named over .env', 'A=1\nB=1', { files: { 'x.env': 'A=2\n' }, envFiles: ['x.env'] }),
  dotEnv('several named', 'A=1', { files: { 'x.env': 'A=2\nB=3', 'y.env': 'B=$A' }, envFiles: ['x.env', 'y.env'] }),
  dotEnv('.env named among others', 'A=1\nB=1', { files: { 'x.env': 'B=2' }, envFiles: ['.env', 'x.env'] }),
  dotEnv('named in a folder', '', { files: { 'conf/x.env': 'A=2\nB=3' }, envFiles: ['conf/x.env'] }),
  dotEnv('named missing', '', { envFiles: ['no.env'] }),
  dotEnv('named folder', '', { files: { 'sub/keep': '' }, envFiles: ['sub'] }),
  ...['1', 'true', 'TRUE', 't', '0', 'false', 'yes'].map((value) =>
    dotEnv(`disabled by ${value}`, 'A=1', { env: { COMPOSE_DISABLE_ENV_FILE: value } }),
  ),
  dotEnv('broken', 'A B=1'),
  dotEnv('with quotes and expansion', 'A="x y" # c\nB=${A:-n}${S}', { env: { S: 's' } }),
  dotEnv('required', 'A=${NOPE:?no}'),
  dotEnv('dollar signs in values', 'A=\'a$b\'\nB="c\\$d"\nC=e$$f'),
  dotEnv('value of several lines', 'A="one\ntwo"\nB=3'),
  dotEnv('inherits', 'A\nB\nC', { env: { A: 'shell' } }),
  dotEnv('a folder', '', { files: { '.env': '' } }),
  file('.env that is a folder', 'name: qs-case\nservices: {a: {image: "x:${A-unset}"}}', {
    files: { '.env/keep': '' },
  }),
  file('.env is not given to containers', 'name: qs-case\nservices: {a: {image: x}}', { files: { '.env': 'A=1\n' } }),
  file(
    'environment over env_file over .env',
    'name: qs-case\nservices: {a: {image: x, env_file: e.env, environment: {A: own, B: "${B}", C: }}}',
    {
      files: { '.env': 'A=dot\nB=dot\nC=dot\nD=dot\n', 'e.env': 'A=file\nB=file\nC=file\nD=file\nE=${D}\n' },
    },
  ),
  file(
    'shell over env_file without value',
    'name: qs-case\nservices: {a: {image: x, env_file: e.env, environment: [A, B]}}',
    {
      files: { 'e.env': 'A=file\nB=file\n' },
      env: { A: 'shell' },
    },
  ),
  file('build arguments', 'name: qs-case\nservices: {a: {build: {context: ., args: {A: , B: , C: own}}}}', {
    files: { '.env': 'A=dot\n' },
    env: { C: 'shell' },
  }),
  file('.env in the project directory only', 'name: qs-case\nservices: {a: {image: "x:${A-unset}"}}', {
    files: { 'sub/.env': 'A=sub\n', '.env': 'A=top\n' },
  }),
  file('first file in a folder', 'unused', {
    files: {
      'sub/compose.yml': 'name: qs-case\nservices: {a: {image: "x:${A-unset}", volumes: ["./d:/d"]}}',
      'sub/.env': 'A=sub\n',
      '.env': 'A=top\n',
    },
    use: ['sub/compose.yml'],
  }),
  file('COMPOSE_PROJECT_NAME of .env', 'services: {a: {image: "x:${COMPOSE_PROJECT_NAME}"}}', {
    files: { '.env': 'COMPOSE_PROJECT_NAME=dotted\n' },
  }),
];

const named = (name: string, text: string, more: Partial<Case> = {}): Case =>
  file(name, `${text}services: {a: {image: "x:\${COMPOSE_PROJECT_NAME}"}}`, more);

/** The name of the project. */
export const nameCases: readonly Case[] = [
  named('variable over file', 'name: ignored\n', { env: { COMPOSE_PROJECT_NAME: 'fromenv' } }),
  named('option over file', 'name: ignored\n', { project: 'fromoption' }),
  named('option over variable', 'name: ignored\n', { project: 'fromoption', env: { COMPOSE_PROJECT_NAME: 'fromenv' } }),
  named('empty variable', 'name: own\n', { env: { COMPOSE_PROJECT_NAME: '' } }),
  named('of the file', 'name: own\n'),
  named('with digits and dashes', 'name: 0a-b_c\n'),
  named('with a variable', 'name: "${NAME:-dflt}-x"\n'),
  named('with a variable that is not set', 'name: "${NAME}"\n'),
  ...['My App!', 'a b', '-x', '_y', 'ÄÖ', 'A.B', '0', '--', 'a/b'].map((name) =>
    named(`made valid ${name}`, `name: ${JSON.stringify(name)}\n`),
  ),
  named('empty', 'name: ""\n'),
  named('null', 'name:\n'),
  named('a number', 'name: 5\n'),
  ...['Foo', 'a b', '-x', '_x', 'a.b', 'ä'].flatMap((name) => [
    named(`bad option ${name}`, '', { project: name }),
    named(`bad variable ${name}`, '', { env: { COMPOSE_PROJECT_NAME: name } }),
  ]),
  file('of the last file', 'name: one\nservices: {a: {image: x}}', {
    files: { 'over.yml': 'name: two\nservices: {a: {user: u}}' },
    use: ['compose.yml', 'over.yml'],
  }),
  file('of the only file that has one', 'name: one\nservices: {a: {image: x}}', {
    files: { 'over.yml': 'services: {a: {user: u}}' },
    use: ['compose.yml', 'over.yml'],
  }),
  file('of the folder', 'unused', {
    files: { 'My Proj_1.x/compose.yml': 'services: {a: {image: "x:${COMPOSE_PROJECT_NAME}"}}' },
    use: ['My Proj_1.x/compose.yml'],
  }),
  file(
    'in names of resources',
    'name: p-1\nservices: {a: {image: x, networks: [n], volumes: ["vv:/v"], secrets: [s], configs: [c]}}\nnetworks: {n: }\nvolumes: {vv: }\nsecrets: {s: {file: s}}\nconfigs: {c: {content: c}}\n',
  ),
];
