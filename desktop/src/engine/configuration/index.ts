export { type Configuration, createConfiguration } from './configuration.ts';
export { findDifferences } from './differences.ts';
export { maskedModel, modelMasker } from './masked-model.ts';
