/** As many as are answered together; more would make the first wait for the last. */
const mostTogether = 64;

/**
 * Does what comes at the same time in one go, so that one wait for the disk serves all of it. Where the whole fails, each
 * is tried alone: one that cannot be done costs the others nothing.
 */
export function createGroupCommit<Job, Answer>(
  doAll: (jobs: readonly Job[]) => Answer[],
): (job: Job) => Promise<Answer> {
  interface Waiting {
    readonly job: Job;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }
  const queue: Waiting[] = [];

  function doWaiting(): void {
    const group = queue.splice(0, mostTogether);
    if (queue.length > 0) setImmediate(doWaiting);
    attempt(group);
  }

  function attempt(group: readonly Waiting[]): void {
    try {
      const answers = doAll(group.map(({ job }) => job));
      group.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else group.forEach((each) => attempt([each]));
    }
  }

  return (job) =>
    new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject });
      if (queue.length === 1) setImmediate(doWaiting);
    });
}
