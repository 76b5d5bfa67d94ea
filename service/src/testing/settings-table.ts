import { z } from 'zod';
import type { ConfigDefinition } from '../config/load.ts';
import { environmentName } from '../config/names.ts';

const describeType = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.union([z.string(), z.number()]).optional(),
  description: z.string(),
});

function allowed({ type, enum: values, minimum, maximum }: z.infer<typeof describeType>): string {
  if (values) return values.join(', ');
  return type === 'integer' ? `${minimum ?? ''} to ${maximum ?? ''}` : (type ?? 'text');
}

/** The settings of a service as a Markdown table, from the schema itself. Throws where one has no description. */
export function settingsTable(title: string, { schema, secrets }: ConfigDefinition): string {
  const { properties } = z
    .object({ properties: z.record(z.string(), describeType) })
    .parse(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));
  const rows = Object.entries(properties).map(([key, setting]) => {
    const name = environmentName(key);
    const names = secrets.has(key) ? `\`${name}\` or \`${name}_FILE\`` : `\`${name}\``;
    const inFile = secrets.has(key) ? 'never' : `\`${key}\``;
    const value = setting.default === undefined ? '' : `\`${setting.default}\``;
    return `| ${names} | ${inFile} | ${allowed(setting)} | ${value} | ${setting.description} |`;
  });
  return [
    `# ${title}`,
    '',
    'Made from the schema by the tests (`npx vitest run -u` in the workspace writes it anew). The environment wins over',
    '`config/<environment>.json`; secrets come from the environment or from a file that it names. Times are milliseconds.',
    '',
    '| variable | in the config file | allowed | default | what it does |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
