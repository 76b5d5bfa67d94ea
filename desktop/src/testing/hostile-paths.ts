import fc from 'fast-check';

const names = [
  ...['..', '.', '', '...', '%2e%2e', '%2E%2E%2f', '..\\', '\\..', '．．', '‥', '․․', '../..', '/', '\\', '~', '~root'],
  ...['\u0000', '..\u0000', '.env\u0000.txt', 'a\nb', '\u001b[2J', '\u202etxt.exe', 'ﬁle', 'fi\u0301le', '\ud800'],
  ...[
    'con',
    'NUL',
    'aux.txt',
    'COM1',
    'lpt9.log',
    'C:',
    'C:\\Windows',
    '\\\\host\\share',
    'trailing.',
    'trailing ',
    ' leading',
  ],
  ...['a:b', 'a*b?', '<a>|"b"', '-rf', '--output=x', '.env', 'new.env', 'folder', 'deep', '🙂'.repeat(70)],
  ...['n'.repeat(200), 'n'.repeat(250), 'n'.repeat(255), 'n'.repeat(256), 'n'.repeat(4200)],
];

/** Names that lead elsewhere, that a system takes for something else, or that none takes; `more` are those of a test's own folder. */
export function hostileNames(...more: string[]): fc.Arbitrary<string> {
  const made = fc.string({ unit: 'binary', maxLength: 12 });
  return fc.oneof({ arbitrary: fc.constantFrom(...names, ...more), weight: 9 }, made);
}

/** Such names one below the other, absolute at times. */
export function hostilePaths(...more: string[]): fc.Arbitrary<string> {
  const starts = fc.constantFrom('', '', '', '/', '//', './', '../', '/dev/', '/proc/self/', 'file:///');
  return fc
    .tuple(starts, fc.array(hostileNames(...more), { minLength: 1, maxLength: 5 }))
    .map(([start, parts]) => `${start}${parts.join('/')}`);
}
