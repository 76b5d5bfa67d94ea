/** Names the time that stands still, as ISO; where it is not set, time goes on as on this machine. */
export const stillVariable = 'QUAYSIDE_PANEL_NOW';

const still = process.env[stillVariable];
const at = still === undefined ? undefined : Date.parse(still);

/** Pictures that are compared have to be the same each time. */
export const standsStill = at !== undefined;

/** The time of the made-up world, in milliseconds. Waits go by the machine's own. */
export const now = (): number => at ?? Date.now();

export const ago = (seconds: number): string => new Date(now() - seconds * 1000).toISOString();
