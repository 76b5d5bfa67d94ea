import { inject } from 'vitest';

/** The images of this run, and what was passed to their build. */
export interface BuiltImages {
  readonly registry: string;
  readonly version: string;
  readonly revision: string;
  readonly created: string;
  readonly source: string;
  /** Was in the folder, among the arguments and in a secret while they were built. */
  readonly canary: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    images: BuiltImages;
  }
}

export const services = ['backend', 'frontend'] as const;
export type Service = (typeof services)[number];

export const imageOf = (service: Service, { registry, version }: BuiltImages = inject('images')) =>
  `${registry}/ecommerce-rag-${service}:${version}`;
