import type { EngineState, ServiceState, StackState } from '#contract/index.ts';
import { say } from '#kit/say.ts';

type StackSummary = Pick<StackState, 'condition' | 'sentence'>;

const good = new Set<ServiceState['condition']>(['healthy', 'running', 'done']);
const moving = new Set<ServiceState['condition']>(['starting', 'waiting']);
const troubled = new Set<ServiceState['condition']>(['crashing', 'failed', 'unhealthy', 'paused']);
const absent = new Set<ServiceState['condition']>(['missing', 'created', 'stopped']);

function troubleSentence({ name, condition, reason }: ServiceState): string {
  switch (condition) {
    case 'unhealthy':
      return reason === undefined ? say`${name} is unhealthy` : say`${name} is ${reason}`;
    case 'crashing':
      return say`${name} keeps crashing: ${(reason ?? '').replace(/^crash loop: /, '')}`;
    case 'paused':
      return say`${name} is paused`;
    default:
      return say`${name} has failed: ${reason ?? condition}`;
  }
}

function movingSentence(services: readonly ServiceState[]): string {
  const waiting = services.find(({ condition }) => condition === 'waiting');
  const starting = services.find(({ condition }) => condition === 'starting');
  const chosen = waiting ?? starting;
  if (chosen === undefined) return say`Starting`;
  const reason = (chosen.reason ?? '').replace(/^starting, /, '').replace(/^(waits for .+) to be healthy$/, '$1');
  if (chosen.condition === 'waiting') return say`Starting: ${chosen.name} ${reason}`;
  return reason === '' ? say`Starting: ${chosen.name}` : say`Starting: ${chosen.name}, ${reason}`;
}

function goodSentence(services: readonly ServiceState[]): string {
  const all = services.length;
  const healthy = services.filter(({ condition }) => condition === 'healthy').length;
  if (healthy === all) return say`${all} of ${all} services healthy`;
  return healthy === 0
    ? say`${all} of ${all} services running`
    : say`${all} of ${all} services running, ${healthy} healthy`;
}

/**
 * The overall state in a word and a sentence. Services scaled to 0 do not count. While the engine does not answer, what
 * was last seen says nothing about now: the condition is `unknown`, as it is before all containers have been read.
 */
export function describeStack(
  services: readonly ServiceState[],
  engine: EngineState,
  reading?: StackState['reading'],
): StackSummary {
  if (engine.state === 'connecting') return { condition: 'unknown', sentence: say`Connecting to the Docker Engine` };
  if (engine.state !== 'connected') {
    const why = engine.problem?.message ?? say`The Docker Engine does not answer.`;
    return { condition: 'unknown', sentence: engine.state === 'lost' ? say`Shown as last seen. ${why}` : why };
  }
  if (reading)
    return { condition: 'unknown', sentence: say`Reading the containers: ${reading.done} of ${reading.all}` };
  const counted = services.filter(({ wanted, containers }) => wanted > 0 || containers.length > 0);
  if (counted.every(({ condition }) => condition === 'missing'))
    return { condition: 'empty', sentence: say`Not started yet` };
  const bad = counted.filter(({ condition }) => troubled.has(condition));
  const [worst] = bad;
  if (worst !== undefined) {
    const more = bad.length > 1 ? say` (and ${bad.length - 1} more in trouble)` : '';
    return { condition: 'degraded', sentence: `${troubleSentence(worst)}${more}` };
  }
  if (counted.some(({ condition }) => moving.has(condition))) {
    return { condition: 'starting', sentence: movingSentence(counted) };
  }
  const down = counted.filter(({ condition }) => absent.has(condition));
  if (down.length === 0) return { condition: 'healthy', sentence: goodSentence(counted) };
  if (counted.every(({ condition }) => absent.has(condition) || condition === 'done')) {
    return { condition: 'stopped', sentence: say`Stopped` };
  }
  const names = down.map(({ name }) => name).join(', ');
  const running = counted.filter(({ condition }) => good.has(condition)).length;
  return {
    condition: 'degraded',
    sentence: say`${running} of ${counted.length} services running, not running: ${names}`,
  };
}
