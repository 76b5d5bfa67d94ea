import type { Case } from '../case.ts';
import { envFileCases, nameCases, precedenceCases } from './env.ts';
import { extendsCases, includeCases, profileCases } from './files.ts';
import { formCases } from './forms.ts';
import { castCases, interpolationCases } from './interpolation.ts';
import { known } from './known.ts';
import { lifecycleCases } from './lifecycle.ts';
import { mergeCases } from './merge.ts';
import { normalisationCases } from './normalisation.ts';
import { resetCases } from './reset.ts';
import { resourceCases } from './resources.ts';
import { serviceCases } from './services.ts';
import { yamlCases } from './yaml.ts';

interface CaseTable {
  readonly name: string;
  readonly about: string;
  readonly cases: readonly Case[];
}

const tables: readonly CaseTable[] = [
  { name: 'services', about: 'attributes of services', cases: serviceCases },
  { name: 'lifecycle', about: 'build, deploy, develop and hooks', cases: lifecycleCases },
  { name: 'forms', about: 'ports and volumes, short and long', cases: formCases },
  { name: 'resources', about: 'networks, volumes, secrets and configs', cases: resourceCases },
  { name: 'merge', about: 'files over each other: every merge rule', cases: mergeCases },
  { name: 'reset', about: '`!reset` and `!override`', cases: resetCases },
  { name: 'extends', about: '`extends`, in the file and from others', cases: extendsCases },
  { name: 'include', about: '`include` of local files', cases: includeCases },
  { name: 'profiles', about: 'profiles, and what depends on disabled services', cases: profileCases },
  { name: 'interpolation', about: 'variables in texts: every form', cases: interpolationCases },
  { name: 'casts', about: 'texts that become numbers or booleans', cases: castCases },
  { name: 'env-files', about: 'files of `env_file` and `label_file`', cases: envFileCases },
  { name: 'precedence', about: 'where variables come from, and which source wins', cases: precedenceCases },
  { name: 'names', about: 'the name of the project', cases: nameCases },
  { name: 'yaml', about: 'YAML: scalars, documents, anchors, merge keys, broken files', cases: yamlCases },
  { name: 'normalisation', about: 'defaults, names, implied dependencies, paths', cases: normalisationCases },
];

/** The items of an area with what is known of their differences. */
export const withKnown = <T extends Case>(area: string, cases: readonly T[]): readonly T[] =>
  cases.map((one) => {
    const differs = known[area]?.[one.name];
    return differs === undefined ? one : { ...one, differs };
  });

/** Projects of which both tools have to make the same model, by area. */
export const modelTables: readonly CaseTable[] = tables.map((table) => ({
  ...table,
  cases: withKnown(table.name, table.cases),
}));
