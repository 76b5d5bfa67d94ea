import type { Area } from './area.ts';
import { showVersions } from './versions.ts';

const intro = `# What of Compose is supported

Made from the conformance tables by the tests (\`npx vitest run --project unit conformance -u\` in \`desktop\` writes it anew).

\`npm run conformance\` compares Quayside with the \`docker compose\` of this machine and, where it can be had, a newer one: the same
files, read or carried out by both tools in the same run. An item counts as agreed when the outcomes are equal, or when both tools
refuse. \`npm run conformance -- AREA\` runs one area. The tests run the same tables.
`;

const row = ({ name, about, items }: Area): string => {
  const known = items.filter(({ differs }) => differs !== undefined).length;
  return `| \`${name}\` | ${about} | ${items.length} | ${known === 0 ? 'none' : known} |`;
};

function differencesOf({ name, items }: Area): string[] {
  const known = items.flatMap((item) => (item.differs === undefined ? [] : [{ name: item.name, ...item.differs }]));
  if (known.length === 0) return [];
  const lines = known.map((item) => `- **${item.name}** (docker compose ${showVersions(item)}): ${item.because}.`);
  return [`### ${name}`, '', ...lines, ''];
}

/** The text of docs/compose-support.md. */
export function supportPage(areas: readonly Area[]): string {
  const total = areas.reduce((sum, { items }) => sum + items.length, 0);
  return [
    intro,
    '## Areas',
    '',
    '| area | what is compared | items | differ on purpose |',
    '|---|---|---|---|',
    ...areas.map(row),
    '',
    `${total} items in all.`,
    '',
    '## Where the tools differ on purpose',
    '',
    ...areas.flatMap(differencesOf),
  ].join('\n');
}
