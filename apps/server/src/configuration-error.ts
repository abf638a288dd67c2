export interface ConfigurationProblem {
  /** The variable or resource it is about, e.g. `PORT`. */
  name: string;
  reason: string;
  nextStep: string;
}

/** The server cannot start as it is configured. Holds every problem found, so that one start is enough to fix them all. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[], cause?: unknown) {
    super(problems.map(({ name, reason }) => `${name}: ${reason}`).join('\n'), { cause });
    this.problems = problems;
  }
}
