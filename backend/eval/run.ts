import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { embeddedAssistant } from './assistant.ts';
import { readQuestions } from './questions.ts';
import { goals, judge, type Outcome, type Scores, score } from './score.ts';

const { values } = parseArgs({
  options: { set: { type: 'string', default: 'questions' }, misses: { type: 'boolean', default: false } },
});

const { signal } = new AbortController();
const assistant = await embeddedAssistant(signal);
const questions = await readQuestions(fileURLToPath(new URL(`${values.set}.jsonl`, import.meta.url)));
const outcomes: Outcome[] = [];
for (const question of questions) outcomes.push(await judge(assistant, question, signal));

const percent = (value: number, of: number) => (of === 0 ? '-' : `${(value * 100).toFixed(1)} %`);

function row(name: string, scores: Scores): string[] {
  const { answerable, unanswerable } = scores;
  return [
    name,
    String(answerable + unanswerable),
    percent(scores.hit1, answerable),
    percent(scores.hit3, answerable),
    answerable === 0 ? '-' : scores.mrr.toFixed(3),
    percent(scores.abstentionPrecision, unanswerable),
    percent(scores.abstentionRecall, unanswerable),
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((cells) => `${line(cells).join('  ')}\n`).join('');
}

const total = score(outcomes);
const kinds = [...new Set(questions.map(({ kind }) => kind))].sort();
const rows = kinds.map((kind) => row(kind, score(outcomes.filter(({ question }) => question.kind === kind))));
const header = ['kind', 'questions', 'hit@1', 'hit@3', 'MRR', 'abstention precision', 'abstention recall'];
process.stdout.write(`${values.set}: the last turn of each conversation, on the embedded assistant\n\n`);
process.stdout.write(table([header, ...rows, row('all', total)]));

if (values.misses) {
  for (const { question, answer, rank } of outcomes) {
    const right = 'expect' in question ? rank !== undefined && rank <= 3 : answer.abstained;
    if (right) continue;
    const expected = 'expect' in question ? question.expect.join(' or ') : 'nothing';
    const got = answer.abstained ? 'nothing' : answer.sources.map(({ id }) => id).join(', ');
    process.stdout.write(`\n${question.id}: ${question.turns.join(' / ')}\n  expected ${expected}; found ${got}\n`);
  }
}

const met = total.hit3 >= goals.hit3 && total.abstentionRecall >= goals.abstentionRecall;
process.stdout.write(
  `\n${met ? 'ok  ' : 'MISS'} goals: hit@3 ${percent(goals.hit3, 1)} or more, abstention recall ${percent(goals.abstentionRecall, 1)} or more\n`,
);
if (!met) process.exitCode = 1;
