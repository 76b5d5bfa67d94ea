import type { EngineState, ServiceState, StackState } from '#contract/index.ts';

type StackSummary = Pick<StackState, 'condition' | 'sentence'>;

const good = new Set<ServiceState['condition']>(['healthy', 'running', 'done']);
const moving = new Set<ServiceState['condition']>(['starting', 'waiting']);
const troubled = new Set<ServiceState['condition']>(['crashing', 'failed', 'unhealthy', 'paused']);
const absent = new Set<ServiceState['condition']>(['missing', 'created', 'stopped']);

function troubleSentence({ name, condition, reason }: ServiceState): string {
  switch (condition) {
    case 'unhealthy':
      return `${name} is ${reason ?? 'unhealthy'}`;
    case 'crashing':
      return `${name} keeps crashing: ${(reason ?? '').replace(/^crash loop: /, '')}`;
    case 'paused':
      return `${name} is paused`;
    default:
      return `${name} has failed: ${reason ?? condition}`;
  }
}

function movingSentence(services: readonly ServiceState[]): string {
  const waiting = services.find(({ condition }) => condition === 'waiting');
  const starting = services.find(({ condition }) => condition === 'starting');
  const chosen = waiting ?? starting;
  if (chosen === undefined) return 'Starting';
  const reason = (chosen.reason ?? '').replace(/^starting, /, '').replace(/^(waits for .+) to be healthy$/, '$1');
  return chosen.condition === 'waiting'
    ? `Starting: ${chosen.name} ${reason}`
    : `Starting: ${chosen.name}${reason === '' ? '' : `, ${reason}`}`;
}

function goodSentence(services: readonly ServiceState[]): string {
  const all = services.length;
  const healthy = services.filter(({ condition }) => condition === 'healthy').length;
  if (healthy === all) return `${all} of ${all} services healthy`;
  return healthy === 0 ? `${all} of ${all} services running` : `${all} of ${all} services running, ${healthy} healthy`;
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
  if (engine.state === 'connecting') return { condition: 'unknown', sentence: 'Connecting to the Docker Engine' };
  if (engine.state !== 'connected') {
    const why = engine.problem?.message ?? 'The Docker Engine does not answer.';
    return { condition: 'unknown', sentence: engine.state === 'lost' ? `Shown as last seen. ${why}` : why };
  }
  if (reading) return { condition: 'unknown', sentence: `Reading the containers: ${reading.done} of ${reading.all}` };
  const counted = services.filter(({ wanted, containers }) => wanted > 0 || containers.length > 0);
  if (counted.every(({ condition }) => condition === 'missing'))
    return { condition: 'empty', sentence: 'Not started yet' };
  const bad = counted.filter(({ condition }) => troubled.has(condition));
  const [worst] = bad;
  if (worst !== undefined) {
    const more = bad.length > 1 ? ` (and ${bad.length - 1} more in trouble)` : '';
    return { condition: 'degraded', sentence: `${troubleSentence(worst)}${more}` };
  }
  if (counted.some(({ condition }) => moving.has(condition))) {
    return { condition: 'starting', sentence: movingSentence(counted) };
  }
  const down = counted.filter(({ condition }) => absent.has(condition));
  if (down.length === 0) return { condition: 'healthy', sentence: goodSentence(counted) };
  if (counted.every(({ condition }) => absent.has(condition) || condition === 'done')) {
    return { condition: 'stopped', sentence: 'Stopped' };
  }
  const names = down.map(({ name }) => name).join(', ');
  const running = counted.filter(({ condition }) => good.has(condition)).length;
  return { condition: 'degraded', sentence: `${running} of ${counted.length} services running, not running: ${names}` };
}
