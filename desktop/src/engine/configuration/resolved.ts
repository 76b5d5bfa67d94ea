import type { ResolvedModel } from '#contract/index.ts';
import {
  configLines,
  configYaml,
  type HashProfile,
  type LoadTrace,
  type Model,
  type ModelWarning,
} from '#engine/compose/index.ts';
import { maskedModel, modelMasker } from './masked-model.ts';
import { shownFile, shownPlace } from './shown-file.ts';

/** The resolved model as lines of YAML, secrets masked, each with the place that its value comes from. */
export function resolvedLines(model: Model, trace: LoadTrace, profile: HashProfile): ResolvedModel {
  const mask = modelMasker(model);
  const { directory } = model;
  const lines = configLines(configYaml(maskedModel(model), profile)).map(({ text, path }) => {
    const origin = trace.originAt(path);
    const shown = mask(text);
    if (origin === undefined) return { text: shown };
    return { text: shown, origin: { ...shownPlace(directory, origin.place), variables: [...origin.variables] } };
  });
  return { lines, warnings: model.warnings.map((warning) => warningText(directory, warning)) };
}

const warningText = (directory: string, { message, place }: ModelWarning): string =>
  place === undefined ? message : `${shownFile(directory, place.file)}:${place.line}: ${message}`;
