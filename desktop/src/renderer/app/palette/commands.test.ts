import { afterEach, expect, test } from 'vitest';
import { ago } from '#testing/panel-dev/clock.ts';
import { engineUp, others, service, shop, stack, stopped } from '#testing/panel-dev/data.ts';
import { history, remote } from '#testing/panel-dev/release-data.ts';
import { speak } from '#words/index.ts';
import { type CommandState, commandsFor } from './commands.ts';
import { fitOf } from './match.ts';
import { searchCommands } from './search-commands.ts';

await speak('en');

const [development, production] = shop.environments;
const calm: CommandState = { online: true, project: shop, environment: development, others, stack: stack() };
const of = (more: Partial<CommandState> = {}) => commandsFor({ ...calm, ...more });
const named = (title: string, more: Partial<CommandState> = {}) => of(more).find((one) => one.title === title);
const titles = (more: Partial<CommandState>, query: string) =>
  searchCommands(of(more), query).flatMap(({ commands }) => commands.map(({ title }) => title));

afterEach(() => speak('en'));

test('every page, the other environments and projects, the logs of every service, the command', () => {
  const all = of().map(({ title }) => title);
  expect(all).toEqual(expect.arrayContaining(['Stack', 'Logs', 'Health', 'Releases', 'Configuration', 'Activity']));
  expect(all).toEqual(expect.arrayContaining(['Look at Production', 'Look at blog', 'Look at old-shop']));
  expect(all).not.toContain('Look at Development');
  expect(named('Logs of backend')?.deed).toEqual({ type: 'logs', service: 'backend' });
  expect(named('Copy the terminal command')?.deed).toEqual({ type: 'copy', text: development?.command });
  expect(named('Make a diagnostics bundle')?.deed).toEqual({ type: 'diagnostics' });
  expect(named('Take the tour')?.deed).toEqual({ type: 'tour' });
  expect(named('Logs')?.keys).toEqual(['g', 'l']);
});

test('each command has an id of its own', () => {
  const ids = of({ releases: history(), remote: remote('1.4.2') }).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the actions of a stack that runs, that is stopped, and that differs from its files', () => {
  expect(named('Stop')).toMatchObject({ deed: { type: 'order', action: { verb: 'stop' } } });
  expect(named('Stop')?.disabled).toBeUndefined();
  expect(named('Start')?.disabled).toBe('It runs already');
  expect(named('Apply changes')?.disabled).toBe('What runs is what the files say');
  expect(named('Restart…')?.deed).toEqual({ type: 'ask', verb: 'restart' });

  const rests = { stack: stopped('stopped') };
  expect(named('Start', rests)?.disabled).toBeUndefined();
  expect(named('Stop', rests)?.disabled).toBe('Nothing runs');
  expect(named('Restart backend', rests)?.disabled).toBe('backend does not run');

  const differs = { stack: stack({ services: [service('backend', 1, { changed: true })] }) };
  expect(named('Apply changes…', differs)).toMatchObject({ deed: { type: 'ask', verb: 'up' } });
  expect(named('Apply changes…', differs)?.disabled).toBeUndefined();
});

test('what can be done comes before what cannot', () => {
  const offered = of()
    .filter(({ group }) => group === 'Stack')
    .map(({ disabled }) => disabled === undefined);
  expect(offered).toEqual([true, true, true, false, false]);
});

test('nothing is done without a connection, an engine, usable files, or beside something else', () => {
  const why = (more: Partial<CommandState>) => [
    named('Stop', more)?.disabled,
    named('Restart backend', more)?.disabled,
  ];
  const lost = stack({ engine: { ...engineUp, state: 'lost', since: ago(5) } });
  expect(why({ online: false })).toEqual(['Quayside is not connected', 'Quayside is not connected']);
  expect(why({ stack: lost })[0]).toBe('No Docker Engine answers');
  expect(why({ stack: stack({ operation: 'op-1' }) })[0]).toBe('Something is under way already');
  expect(why({ operation: { ordering: true } })[1]).toBe('Something is under way already');
  const broken = stack({ problem: { code: 'COMPOSE_INVALID', message: 'broken' } });
  expect(why({ stack: broken })).toEqual(['The files of this environment cannot be used', undefined]);
  expect(named('Stop', { stack: undefined })?.disabled).toBe('The state of the stack is not known yet');
  expect(named('Logs', { online: false })?.disabled).toBeUndefined();
});

test('what the role of the user does not reach is not done, and says so', () => {
  expect(named('Stop', { role: 'viewer' })?.disabled).toBe('Needs the role operator');
  expect(named('Restart backend', { role: 'viewer' })?.disabled).toBe('Needs the role operator');
  expect(named('Logs of backend', { role: 'viewer' })?.disabled).toBeUndefined();
  expect(named('Stop', { role: 'operator' })?.disabled).toBeUndefined();
  expect(named('Make a diagnostics bundle', { role: 'operator' })?.disabled).toBe('Needs the role admin');
  expect(named('Make a diagnostics bundle', { role: 'admin' })?.disabled).toBeUndefined();
});

test('without its files a project can be stopped, not built', () => {
  const strange = stack({ problem: { code: 'PROJECT_NOT_FOUND', message: 'no files' } });
  expect(named('Stop', { stack: strange })?.disabled).toBeUndefined();
  expect(named('Build', { stack: strange })?.disabled).toBe('Its compose files are not on this machine');
});

test('releases lead to their question; what runs is not offered, what cannot be used says why', () => {
  const at = { environment: production, releases: history(), remote: remote('1.4.2') };
  const offered = of(at).filter(({ group }) => group === 'Releases');
  expect(offered.some(({ title }) => title.includes('1.4.2…'))).toBe(false);
  const back = offered.find(({ title }) => title === 'Roll back to 1.4.1…');
  expect(back?.deed).toMatchObject({ type: 'release', verb: 'rollback' });
  expect(back?.disabled).toBeUndefined();
  const gone = { light: 'red' as const, reasons: ['an image is gone'] };
  const red = history().map((one) => (one.version === '1.4.1' ? { ...one, readiness: gone } : one));
  expect(named('Roll back to 1.4.1…', { ...at, releases: red })?.disabled).toBe('an image is gone');
  const elsewhere = history().map((one, index) => (index === 1 ? { ...one, outcome: 'running' as const } : one));
  const stopped = of({ ...at, releases: elsewhere }).filter(({ group }) => group === 'Releases');
  expect(stopped.every(({ disabled }) => disabled === 'Somebody else deploys')).toBe(true);
});

test('a text fits where each word is in it, or its letters in order from the begin of a word', () => {
  expect(fitOf('roll', 'Roll back to 1.4.1')).toBeGreaterThan(fitOf('back', 'Roll back to 1.4.1') ?? 0);
  expect(fitOf('rb', 'Roll back')).toBeGreaterThan(0);
  expect(fitOf('rstrt', 'Restart backend')).toBeGreaterThan(0);
  expect(fitOf('back 1.4', 'Roll back to 1.4.1')).toBeGreaterThan(0);
  expect(fitOf('1.4 zebra', 'Roll back to 1.4.1')).toBeUndefined();
  expect(fitOf('sp', 'Stop')).toBeGreaterThan(0);
  expect(fitOf('x', 'Stop')).toBeUndefined();
  expect(fitOf('', 'Stop')).toBe(0);
});

test('the best comes first, whatever its heading; what is only in small print comes after', () => {
  expect(titles({}, 'logs')[0]).toBe('Logs');
  expect(titles({}, 'logs back')).toEqual(['Logs of backend']);
  expect(titles({}, 'restart f')[0]).toBe('Restart frontend');
  expect(titles({}, 'shop-prod')).toEqual(['Look at Production']);
  expect(titles({}, 'qqq')).toEqual([]);
});

test('before anything is typed every heading is there, and none floods the list', () => {
  const many = stack({ services: Array.from({ length: 50 }, (_, index) => service(`s${index}`, index)) });
  const groups = searchCommands(of({ stack: many }), '');
  expect(groups.map(({ title }) => title)).toEqual(['Stack', 'Pages', 'Services', 'Environments', 'Panel']);
  expect(groups.find(({ title }) => title === 'Services')?.commands).toHaveLength(6);
});

test('in German the same can be done, found by its German words', async () => {
  await speak('de');
  expect(named('Stoppen')).toMatchObject({ deed: { type: 'order', action: { verb: 'stop' } } });
  expect(named('Stoppen')?.disabled).toBeUndefined();
  expect(named('Starten')?.disabled).toBe('Läuft bereits');
  const differs = { stack: stack({ services: [service('backend', 1, { changed: true })] }) };
  expect(named('Änderungen anwenden…', differs)).toMatchObject({ deed: { type: 'ask', verb: 'up' } });
  expect(titles({}, 'anhalten')).toEqual(['Stoppen']);
  expect(searchCommands(of(), '').map(({ title }) => title)).toEqual([
    'Stack',
    'Seiten',
    'Dienste',
    'Umgebungen',
    'Panel',
  ]);
});
