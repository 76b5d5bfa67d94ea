export { createBuildRecorder } from './builds/record-builds.ts';
export { agree, type Consent, plannedRisks } from './guard/consent.ts';
export { label } from './labels.ts';
export { imageName, isOneOff, isTemporary, serviceOf, wantedReplicas } from './naming.ts';
export { type Observed, observe } from './observe.ts';
export {
  type Beyond,
  createOperations,
  type OperationEnd,
  type OperationLog,
  type Operations,
} from './operation/operations.ts';
export {
  type Lock,
  type LockRequest,
  type OperationDeps,
  type Run,
  runPlan,
  type Target,
} from './operation/run-operation.ts';
export { planReturn, planSettle } from './plan/settle.ts';
export { type StackPlan, toPlanStep } from './plan/step.ts';
export { planSwap, type TargetImage } from './plan/swap.ts';
export { type LabelledProject, listProjects } from './projects.ts';
export type { NewEvent } from './run/context.ts';
export { throwFirst } from './run/execute.ts';
export { readLastLines } from './run/last-lines.ts';
export { createSerial } from './run/serial.ts';
export { resources } from './translate/resources.ts';
