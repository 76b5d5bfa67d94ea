export { label } from './labels.ts';
export { type Observed, observe } from './observe.ts';
export { createOperations, type Operations } from './operation/operations.ts';
export type { Target } from './operation/run-operation.ts';
export { type LabelledProject, listProjects } from './projects.ts';
export { createSerial } from './run/serial.ts';
