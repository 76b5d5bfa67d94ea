export { describeContainer } from './container-state.ts';
export { factsOfLabels, factsOfModel, type ServiceFacts } from './facts.ts';
export type { WatchedContainer } from './judge.ts';
export { createRunHistory, type RunFacts } from './runs.ts';
export { describeServices, findOrphans } from './services.ts';
export { describeStack } from './stack.ts';
export { createEngineWatch, type EngineWatch } from './watch/engine-watch.ts';
export type { StackSnapshot, StackWatch } from './watch/stack-watch.ts';
