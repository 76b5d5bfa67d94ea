import manifest from '../../package.json' with { type: 'json' };

/** Version of Quayside, as package.json gives it. */
export const version: string = manifest.version;
