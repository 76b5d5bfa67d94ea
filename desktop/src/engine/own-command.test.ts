import { expect, test } from 'vitest';
import { idOfOther } from './other-projects.ts';
import { ownCommand } from './own-command.ts';

const none = { files: [], envFiles: [], profiles: [] };

test.each([
  ['default', ['default'], undefined, 'quayside'],
  ['production', ['development', 'production'], undefined, 'quayside --env production'],
  ['production', ['development', 'production'], { ...none, projectName: 'x' }, 'quayside --env production -p x'],
  [
    'default',
    ['default'],
    { ...none, files: ['my file.yml'], envFiles: ['a.env'] },
    "quayside -f 'my file.yml' --env-file a.env",
  ],
  ['default', ['default'], { ...none, profiles: ["it's"] }, String.raw`quayside --profile 'it'\''s'`],
  [idOfOther('elsewhere'), ['development', 'production'], undefined, 'quayside -p elsewhere'],
])('%s of %s leads back to itself', (id, ids, selection, expected) => {
  expect(ownCommand(id, ids, selection)).toBe(expected);
});
