/** Progress that nobody watches. `steps` are the titles of what was done. */
export function silentProgress() {
  /** @type {string[]} */
  const steps = [];
  return {
    steps,
    logFile: 'test.log',
    logLine: () => undefined,

    /**
     * @template T
     * @param {string} title
     * @param {(report: (status: string) => void) => Promise<{ result: T, summary: string }>} work
     * @returns {Promise<T>}
     */
    async step(title, work) {
      steps.push(title);
      return (await work(() => {})).result;
    },
  };
}
