import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const kind = z.enum(['paraphrase', 'typo', 'multi-turn', 'filter', 'unanswerable', 'direct', 'support']);
const common = { id: z.string().min(1), turns: z.array(z.string().min(1)).min(1), kind };

const questionSchema = z.union([
  z.strictObject({ ...common, expect: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ ...common, unanswerable: z.literal(true) }),
]);

/** A conversation whose last turn is judged: what it should find (any of these), or that nothing answers it. */
export type EvalQuestion = Readonly<z.infer<typeof questionSchema>>;

/** Reads a question set: one JSON object per line. */
export async function readQuestions(path: string): Promise<EvalQuestion[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => questionSchema.parse(JSON.parse(line)));
}
