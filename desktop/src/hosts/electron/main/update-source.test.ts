import { beforeEach, expect, test, vi } from 'vitest';
import { type Updater, updateSourceOf } from './update-source.ts';

const check = vi.fn<Updater['checkForUpdates']>();
const download = vi.fn<Updater['downloadUpdate']>();
const quitAndInstall = vi.fn<Updater['quitAndInstall']>();
const once = vi.fn<Updater['once']>();

/** The library as it is when nobody has set anything, or has set it badly. It stands for a cloud service and an installer. */
const loose = (): Updater => ({
  autoDownload: true,
  autoInstallOnAppQuit: true,
  allowDowngrade: true,
  allowPrerelease: true,
  disableWebInstaller: false,
  logger: console,
  checkForUpdates: check,
  downloadUpdate: download,
  quitAndInstall,
  once,
});
const info = (version: string) => ({ version, files: [], path: '', sha512: '', releaseDate: '' });
const found = (version: string, isUpdateAvailable: boolean) => ({
  isUpdateAvailable,
  updateInfo: info(version),
  versionInfo: info(version),
});

beforeEach(() => {
  vi.resetAllMocks();
});

test('nothing is fetched unasked, nothing lower or unfinished is looked for, and the end of the app installs', () => {
  const updater = loose();
  updateSourceOf(updater, false);
  expect(updater).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: true,
    allowDowngrade: false,
    allowPrerelease: false,
    disableWebInstaller: true,
    logger: null,
  });
});

test('nobody is asked for a password because they quit', () => {
  const updater = loose();
  updateSourceOf(updater, true);
  expect(updater.autoInstallOnAppQuit).toBe(false);
});

test('a version that is not for this copy (yet) is not offered', async () => {
  const source = updateSourceOf(loose(), false);
  check.mockResolvedValueOnce(found('2.0.0', true));
  expect(await source.find()).toBe('2.0.0');
  check.mockResolvedValueOnce(found('2.0.0', false));
  expect(await source.find()).toBeUndefined();
  check.mockResolvedValueOnce(null);
  expect(await source.find()).toBeUndefined();
});

test('a failed download is a failure of the source', async () => {
  download.mockRejectedValueOnce(new Error('checksum mismatch'));
  await expect(updateSourceOf(loose(), false).fetch()).rejects.toThrow('checksum');
});

test('an installation that fails is told to whoever asked for it', () => {
  const failed = vi.fn();
  updateSourceOf(loose(), false).install(failed);
  expect(once).toHaveBeenCalledWith('error', failed);
  expect(quitAndInstall).toHaveBeenCalledOnce();
  expect(once.mock.invocationCallOrder[0]).toBeLessThan(quitAndInstall.mock.invocationCallOrder[0] ?? 0);
});
