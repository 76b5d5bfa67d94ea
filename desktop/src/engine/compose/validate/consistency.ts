import { say } from '#kit/say.ts';
import type { Draft } from '../bind/bind.ts';
import { invalid } from '../errors.ts';
import { findCycle } from '../graph/order.ts';
import { isPlain } from '../schema/omit.ts';
import { nearestNode } from '../tree/find.ts';
import type { Checked } from './checked.ts';
import { dependencyPlace } from './dependency-place.ts';
import { checkMounts, checkReferences, checkScale } from './service.ts';

/** Refuses a model whose parts do not fit together: undefined references, contradictions, cycles. */
export function checkConsistency(model: Checked): void {
  for (const [name, service] of model.services) {
    checkOne(name, service, model);
    checkReferences(name, service, model);
    checkScale(name, service, model.root);
    checkMounts(name, service, model.root);
  }
  checkContainerNames(model);
  checkCycles(model);
}

function checkOne(name: string, service: Draft, model: Checked): void {
  const at = (...path: string[]) => nearestNode(model.root, ['services', name, ...path]);
  const build = service['build'];
  if (build === undefined && service['image'] === undefined && service['provider'] === undefined) {
    throw invalid(at(), say`the service ${name} has neither an image nor a build context`, say`Add image or build.`);
  }
  if (isPlain(build) && build['dockerfile_inline'] !== undefined && build['dockerfile'] !== undefined) {
    throw invalid(
      at('build', 'dockerfile'),
      say`the service ${name} has both dockerfile and dockerfile_inline`,
      say`Keep one of them.`,
    );
  }
  const platform = service['platform'];
  if (isPlain(build) && Array.isArray(build['platforms']) && typeof platform === 'string') {
    if (!build['platforms'].includes(platform)) {
      throw invalid(
        at('platform'),
        say`build.platforms of the service ${name} does not include its platform ${platform}`,
      );
    }
  }
  if (
    service['network_mode'] !== undefined &&
    Object.keys(isPlain(service['networks']) ? service['networks'] : {}).length > 0
  ) {
    throw invalid(
      at('network_mode'),
      say`the service ${name} has both network_mode and networks`,
      say`Keep one of them.`,
    );
  }
  checkHealth(name, service, model);
}

function checkHealth(name: string, service: Draft, model: Checked): void {
  const health = service['healthcheck'];
  const at = nearestNode(model.root, ['services', name, 'healthcheck', 'test']);
  if (!isPlain(health)) return;
  const test = health['test'];
  if (!Array.isArray(test) || test.length === 0) return;
  if (!['CMD', 'CMD-SHELL', 'NONE'].includes(String(test[0]))) {
    throw invalid(
      at,
      say`the health check of ${name} begins with "${String(test[0])}"`,
      say`Begin the list with CMD, CMD-SHELL or NONE.`,
    );
  }
}

function checkContainerNames(model: Checked): void {
  const owners = new Map<string, string>();
  for (const [name, service] of model.services) {
    const own = service['container_name'];
    if (typeof own !== 'string') continue;
    const other = owners.get(own);
    if (other !== undefined) {
      const at = nearestNode(model.root, ['services', name, 'container_name']);
      throw invalid(
        at,
        say`the services ${other} and ${name} have the same container_name "${own}"`,
        say`Give each its own.`,
      );
    }
    owners.set(own, name);
  }
}

function checkCycles(model: Checked): void {
  const needs = new Map(
    [...model.services].map(([name, service]) => [
      name,
      [...Object.keys(isPlain(service['depends_on']) ? service['depends_on'] : {}), ...contextServices(service)],
    ]),
  );
  const cycle = findCycle(needs);
  const [first, second] = cycle ?? [];
  if (cycle === undefined || first === undefined || second === undefined) return;
  throw invalid(
    dependencyPlace(model.root, first, second),
    say`services depend on each other in a circle: ${cycle.join(' -> ')}`,
    say`Remove one of these dependencies.`,
  );
}

function contextServices(service: Draft): string[] {
  const build = service['build'];
  const contexts =
    isPlain(build) && isPlain(build['additional_contexts']) ? Object.values(build['additional_contexts']) : [];
  return contexts.flatMap((context) =>
    typeof context === 'string' && context.startsWith('service:') ? [context.slice('service:'.length)] : [],
  );
}
