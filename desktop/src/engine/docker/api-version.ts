/** Oldest and newest API version that Quayside speaks: Docker 20.10 and 28.5. */
export const apiFloor = '1.41';
export const apiCeiling = '1.51';

/** Whether an API version (`1.45`) is the wanted one or a newer one. */
export function atLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major === wantedMajor ? minor >= wantedMinor : major > wantedMajor;
}
