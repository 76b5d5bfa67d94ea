import { describe, expect, test } from 'vitest';
import { Phrasebook } from './phrasebook.ts';

const book = new Phrasebook({
  paused: 'angehalten',
  'The variable {0} is not set': 'Die Variable {0} ist nicht gesetzt',
  'Port {0}, which {1} publishes, is taken by {2}': 'Port {0} ist von {2} belegt; {1} braucht ihn',
  'the container {0} (project {1})': 'dem Container {0} (Projekt {1})',
  'another program': 'einem anderen Programm',
  '{0} of {1}': '{0} von {1}',
  '{0} and {1}': '{0} und {1}',
  'Start it.': 'Starten Sie sie.',
  'No Docker Engine answers at {0}.': 'Unter {0} antwortet keine Docker Engine.',
  ': it does not exist': ': es gibt sie nicht',
  'the env file {0} cannot be read{1}': 'die Env-Datei {0} kann nicht gelesen werden{1}',
});

describe('a sentence in another language', () => {
  test.each([
    // Values, also in another order; sentences among them are translated too.
    [
      'Port 80, which web publishes, is taken by the container shop (project other)',
      'Port 80 ist von dem Container shop (Projekt other) belegt; web braucht ihn',
    ],
    [
      'Port 80, which web publishes, is taken by another program',
      'Port 80 ist von einem anderen Programm belegt; web braucht ihn',
    ],
    [
      'the env file a b.env cannot be read: it does not exist',
      'die Env-Datei a b.env kann nicht gelesen werden: es gibt sie nicht',
    ],
    // Beside a place, in brackets, and among others.
    ['compose.yml:3:1: The variable A is not set', 'compose.yml:3:1: Die Variable A ist nicht gesetzt'],
    [
      'The variable A is not set (compose.yml:3, compose.yml:9)',
      'Die Variable A ist nicht gesetzt (compose.yml:3, compose.yml:9)',
    ],
    [
      'No Docker Engine answers at tcp://a:1. Start it.',
      'Unter tcp://a:1 antwortet keine Docker Engine. Starten Sie sie.',
    ],
    ['web and db and cache', 'web und db und cache'],
  ])('is found: %s', (english, german) => {
    expect(book.say(english)).toBe(german);
  });

  test('keeps names that are words of the core, and what it does not know', () => {
    expect(book.say('paused')).toBe('angehalten');
    expect(book.say('The variable paused is not set')).toBe('Die Variable paused ist nicht gesetzt');
    for (const foreign of [
      'no space left on device',
      'end of file and nothing of it is left',
      ' and ',
      '',
      'x'.repeat(10_000),
    ])
      expect(book.say(foreign)).toBe(foreign);
  });

  test('puts values in as they are, whatever they look like', () => {
    for (const value of ['{1}', '$&', '$1', '\\', '(', 'a\nb', '{0} of {1}'])
      expect(book.say(`The variable ${value} is not set`)).toBe(
        value === '{0} of {1}'
          ? 'Die Variable {0} von {1} ist nicht gesetzt'
          : `Die Variable ${value} ist nicht gesetzt`,
      );
  });

  test('is found as quickly in what looks much like it', () => {
    const begin = performance.now();
    book.say('and '.repeat(900));
    book.say(': '.repeat(1900));
    book.say(`${'a. B'.repeat(900)}.`);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
