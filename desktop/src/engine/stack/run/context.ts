import type { OperationEvent } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import type { DockerGateway, FeedItem, ImageDetail, Labels } from '#engine/docker/index.ts';
import { imageName } from '../naming.ts';
import type { Observed } from '../observe.ts';
import type { Slot } from '../plan/step.ts';
import type { WaitLimit } from './wait-limit.ts';

/** Engine events for whoever waits; the owner keeps one feed per engine. */
export interface EventHub {
  /** Returns the function that ends the subscription. */
  subscribe(listener: (item: FeedItem) => void): () => void;
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** An event without its time, which the operation adds. */
export type NewEvent = DistributiveOmit<OperationEvent, 'at'>;

/** What the steps of one running plan share. */
export interface RunContext {
  readonly gateway: DockerGateway;
  readonly hub: EventHub;
  readonly project: string;
  /** Absent for verbs that work from labels alone. */
  readonly model: Model | undefined;
  readonly observed: Observed;
  /** Container id by slot, as it stands now. */
  readonly slots: Map<Slot, string>;
  /** Replacements that still carry their temporary name. */
  readonly created: Map<Slot, string>;
  readonly images: ImageCache;
  readonly emit: (event: NewEvent) => void;
  readonly signal: AbortSignal;
  /** Version of docker compose to write labels and hashes for. */
  readonly composeVersion: () => Promise<string>;
  readonly quaysideVersion: string;
  /** Absent = no limit. */
  readonly waitLimit?: WaitLimit;
  /** Labels that every container made by this operation carries besides. */
  readonly marks?: Labels;
  /** What hides the secrets of a model in what containers print. */
  readonly maskFor: (model: Model | undefined) => (text: string) => string;
  readonly startGate: <T>(call: () => Promise<T>) => Promise<T>;
}

/** Images by service, read once and again after a build or pull. */
export class ImageCache {
  readonly #gateway: DockerGateway;
  readonly #found = new Map<string, Promise<ImageDetail | undefined>>();

  constructor(gateway: DockerGateway, known: Observed['images']) {
    this.#gateway = gateway;
    for (const [reference, image] of known) this.#found.set(reference, Promise.resolve(image));
  }

  find(reference: string): Promise<ImageDetail | undefined> {
    const known = this.#found.get(reference) ?? this.#gateway.images.find(reference);
    this.#found.set(reference, known);
    return known;
  }

  forget(reference: string): void {
    this.#found.delete(reference);
  }
}

/** The model of a service that the plan names; a plan never names one that the model lacks. */
export function serviceModel(
  context: RunContext,
  name: string | undefined,
): NonNullable<ReturnType<Model['services']['get']>> {
  const service = name === undefined ? undefined : context.model?.services.get(name);
  if (!service) throw new Error(`the plan names a service that the files lack: ${String(name)}`);
  return service;
}

export function requiredModel(context: RunContext): Model {
  if (!context.model) throw new Error('this step needs the compose files');
  return context.model;
}

export function imageOf(context: RunContext, service: string): Promise<ImageDetail | undefined> {
  return context.images.find(imageName(context.project, serviceModel(context, service)));
}
