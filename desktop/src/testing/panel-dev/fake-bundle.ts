import type { DiagnosticsBundle } from '#contract/index.ts';
import { ago } from './clock.ts';
import { engineUp, shop } from './data.ts';

const lines = Array.from(
  { length: 200 },
  (_, index) =>
    `2026-11-26T14:03:${String(index % 60).padStart(2, '0')}.411319997Z shop-dev-backend-1 stdout info  {"level":"info","msg":"answered","path":"/api/chat","status":200,"ms":${12 + (index % 40)},"token":"********"}\n`,
);

/** A bundle of the shop, made up. */
export const bundle: DiagnosticsBundle = {
  name: 'quayside-diagnostics-shop-dev-2026-11-26T14-03-00',
  at: ago(0),
  files: [
    {
      name: 'about.txt',
      title: 'What this is, and what was masked',
      text: 'Diagnostics of shop-dev, gathered by Quayside.\n\nEvery file was shown to whoever saved this before it was saved.\n',
      masked: 0,
    },
    {
      name: 'engine.json',
      title: 'The Docker Engine and its machine',
      text: JSON.stringify(engineUp, null, 2),
      masked: 0,
    },
    {
      name: 'project.json',
      title: 'The project folder and its environments',
      text: JSON.stringify(shop, null, 2),
      masked: 0,
    },
    {
      name: 'model.yaml',
      title: 'What the compose files say, resolved',
      text: 'name: shop-dev\nservices:\n  backend:\n    environment:\n      OPENAI_API_KEY: "********"\n      PORT: "8000"\n',
      masked: 1,
    },
    {
      name: 'plan.txt',
      title: 'What a start would do now',
      text: 'It could not be read: The registry ghcr.io did not answer.\n',
      masked: 0,
      gap: 'It could not be read: The registry ghcr.io did not answer.',
    },
    { name: 'logs/backend.log', title: 'Last lines of backend', text: lines.join(''), masked: 200 },
    { name: 'logs/frontend.log', title: 'Last lines of frontend', text: 'It has written nothing.\n', masked: 0 },
  ],
};
