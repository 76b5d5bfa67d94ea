/** What went wrong in a script, with what the reader can do about it. */
export class Trouble extends Error {
  constructor(message, remedy, { status = 1 } = {}) {
    super(message);
    this.name = 'Trouble';
    this.remedy = remedy;
    this.status = status;
  }
}

/** Wrong usage: prints the usage and exits with 2. */
export const misuse = (message, usage) => new Trouble(message, usage, { status: 2 });

/** Prints an error as cause and remedy; an unexpected one keeps its stack, because it is a defect of the script. */
function report(error) {
  if (!(error instanceof Trouble)) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return 1;
  }
  process.stderr.write(`\n${error.message}\n${error.remedy ? `\n${error.remedy}\n` : ''}`);
  return error.status;
}

/** Runs a script's main function and sets the exit status. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.exitCode = report(error);
  }
}
