import type { AppUpdater } from 'electron-updater';
import type { UpdateSource } from './updates.ts';

/** What is used of the library. */
export type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'disableWebInstaller'
  | 'logger'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'once'
>;

/**
 * Sets the library up: it fetches nothing that was not decided on, and never goes back. Rollouts in steps, checksums and
 * signatures are its own checks, which stay as they are. `asksForPassword`: installing needs one, so it is not done at the end of
 * the app, when nobody expects to be asked.
 */
export function updateSourceOf(updater: Updater, asksForPassword: boolean): UpdateSource {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = !asksForPassword;
  updater.allowDowngrade = false;
  // It looks for prereleases by tags that are bare versions, which those of this app are not: it would find nothing at all.
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.logger = null;
  return {
    async find() {
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : undefined;
    },
    async fetch() {
      await updater.downloadUpdate();
    },
    install(failed) {
      updater.once('error', failed);
      updater.quitAndInstall(true, true);
    },
  };
}
