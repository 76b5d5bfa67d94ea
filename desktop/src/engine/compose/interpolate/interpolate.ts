import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { invalid, problemAt } from '../errors.ts';
import { boolOf, floatOf, intOf, mapItems, mapValues, type Node, type Origin, stringOf } from '../tree/node.ts';
import { type Path, type PathCursor, showPath } from '../tree/path.ts';
import type { Warnings } from '../warnings.ts';
import { type Cast, casts, castText } from './cast.ts';
import { type Lookup, type NamedVariable, substitute, TemplateError } from './template.ts';

/** Told of every variable that a value names, with the place and the path of the value. */
export type OnVariable = (variable: NamedVariable, where: Origin, path: Path) => void;

/** Resolves `$` in every text value of a document (never in keys), then casts known paths. Throws with the place. */
export function interpolate(root: Node, lookup: Lookup, warnings: Warnings, onVariable?: OnVariable): Node {
  return new Interpolation(lookup, warnings, onVariable).walk(root, [], casts.start);
}

class Interpolation {
  readonly #lookup: Lookup;
  readonly #warnings: Warnings;
  readonly #onVariable: OnVariable | undefined;

  constructor(lookup: Lookup, warnings: Warnings, onVariable?: OnVariable) {
    this.#lookup = lookup;
    this.#warnings = warnings;
    this.#onVariable = onVariable;
  }

  walk(node: Node, path: string[], cursor: PathCursor<Cast>): Node {
    switch (node.kind) {
      case 'map':
        return mapValues(node, (value, key) => this.#below(value, key, path, cursor));
      case 'list':
        return mapItems(node, (item, index) => this.#below(item, `[${index}]`, path, cursor));
      case 'string': {
        const text = node.value.includes('$') ? this.#text(node.value, node, path) : node.value;
        if (cursor.rule !== undefined) return this.#cast(text, node, path, cursor.rule);
        return text === node.value ? node : stringOf(node, text);
      }
      default:
        return node;
    }
  }

  #below(node: Node, part: string, path: string[], cursor: PathCursor<Cast>): Node {
    path.push(part);
    const made = this.walk(node, path, cursor.done ? cursor : cursor.next(part));
    path.pop();
    return made;
  }

  #text(text: string, where: Origin, path: Path): string {
    const told = this.#onVariable;
    const onUse =
      told &&
      ((variable: NamedVariable): void => {
        told(variable, where, [...path]);
      });
    try {
      return substitute(text, {
        lookup: this.#lookup,
        onUse,
        onUnset: (name) => {
          this.#warnings.unset(name, where);
        },
      });
    } catch (error) {
      if (error instanceof TemplateError) throw templateProblem(error, where, path);
      throw error;
    }
  }

  #cast(text: string, where: Origin, path: Path, cast: Cast): Node {
    const value = castText(text, cast);
    if (value === undefined) {
      const wanted = { int: say`a whole number`, float: say`a number`, bool: say`true or false` }[cast];
      throw invalid(where, say`${showPath(path)} has to be ${wanted}, not "${text}"`);
    }
    if (typeof value === 'boolean') {
      if (!/^(true|false)$/i.test(text)) {
        this.#warnings.add(
          say`"${text}" at ${showPath(path)} is read as ${String(value)}; write ${String(value)}`,
          where,
        );
      }
      return boolOf(where, value);
    }
    return typeof value === 'bigint' ? intOf(where, value) : floatOf(where, value);
  }
}

/** Turns a template error into one with place and remedy. */
function templateProblem(error: TemplateError, where: Origin, path: Path): QuaysideError {
  if (error.reason === 'required') {
    const reason = error.message === '' ? '' : `: ${error.message}`;
    const problem = problemAt(
      'VARIABLE_MISSING',
      where,
      say`the variable ${error.variable}, which ${showPath(path)} requires, is not set${reason}`,
      say`Set ${error.variable} in the .env file of the project or in the environment.`,
    );
    return new QuaysideError(problem.code, problem.message, {
      remedy: problem.remedy,
      details: { ...problem.details, variable: error.variable },
    });
  }
  return invalid(
    where,
    say`not a valid variable expression at ${showPath(path)}: ${error.message}`,
    say`Write \${NAME}, \${NAME:-default} or \${NAME:?message}; a $ that is meant as such is written $$.`,
  );
}
