import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { parse } from 'yaml';
import { Trouble } from '../lib/trouble.mjs';

/** Names that electron-builder.yml has for Electron's fuses. */
const names = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

/** What a text of electron-builder.yml wants, by its own names. Throws for a name that this file does not know. */
export function wantedFuses(text) {
  const wanted = parse(text).electronFuses ?? {};
  const unknown = Object.keys(wanted).filter((name) => !(name in names));
  if (unknown.length > 0) throw new Trouble(`No fuse is known by the name ${unknown.join(', ')}.`);
  return wanted;
}

const places = ['linux-unpacked/quayside', 'win-unpacked/Quayside.exe', 'mac/Quayside.app', 'mac-arm64/Quayside.app'];

/** The executable (on macOS the application) in the folder that electron-builder wrote to. */
export function packagedApp(folder) {
  const found = places.map((place) => join(folder, place)).find((path) => existsSync(path));
  if (found) return found;
  const there = existsSync(folder) ? readdirSync(folder).join(', ') : 'no such folder';
  throw new Trouble(`There is no packaged app in ${folder} (${there}).`);
}

/** One text for each fuse of an executable that is not as wanted. */
export async function differingFuses(app, wanted) {
  const wire = await getCurrentFuseWire(app);
  return Object.entries(wanted).flatMap(([name, on]) => {
    const state = wire[names[name]];
    return state === (on ? FuseState.ENABLE : FuseState.DISABLE) ? [] : [`${name} should be ${on ? 'on' : 'off'}`];
  });
}
