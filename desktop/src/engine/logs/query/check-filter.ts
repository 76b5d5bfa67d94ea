import { type LogCheck, type LogFilter, toProblem } from '#contract/index.ts';
import { expressionOf } from './from-filter.ts';

/** Whether lines can be tested by this filter; says what is wrong with it where they cannot. */
export function checkFilter(filter: LogFilter): LogCheck {
  try {
    expressionOf(filter);
    return {};
  } catch (error) {
    return { problem: toProblem(error) };
  }
}
