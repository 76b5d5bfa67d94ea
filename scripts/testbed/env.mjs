import { readSettings } from './settings.mjs';

/** The variables by which tests and tools find this testbed. `PATH` is what goes before the caller's own. */
export function testbedEnv(place) {
  return {
    DOCKER_HOST: place.endpoint,
    DOCKER_CONFIG: place.config,
    REGISTRY: `127.0.0.1:${readSettings(place)?.registryPort ?? 0}`,
    PATH: place.bin,
  };
}

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same as shell commands, for `eval "$(npm run --silent testbed -- env)"`. */
export function shellExports(variables) {
  const { PATH, ...others } = variables;
  const lines = Object.entries(others).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [...lines, `export PATH=${quote(PATH)}:"$PATH"`].join('\n');
}
