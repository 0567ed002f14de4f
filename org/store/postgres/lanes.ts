import { StoreUnavailableError } from "../store.ts";

export interface Lanes<Job> {
  /** Groups that are done at the same time. */
  readonly lanes: number;
  /** Jobs of one group. */
  readonly together: number;
  /** What a job keeps to itself until it is done: of one place there is one job at a time. */
  readonly placeOf: (job: Job) => string;
}

/**
 * Does what waits in groups, several at once: a journey to the database, and a wait for its disk, then serves all of a group.
 * Where a group fails each is tried alone, so one that cannot be done costs the others nothing; a store that is gone would
 * only let each wait in turn.
 */
export function createLanes<Job, Answer>(
  { lanes, together, placeOf }: Lanes<Job>,
  doAll: (jobs: readonly Job[]) => Promise<readonly Answer[]>,
): (job: Job) => Promise<Answer> {
  interface Waiting {
    readonly job: Job;
    readonly place: string;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }
  let queue: Waiting[] = [];
  const taken = new Set<string>();
  let running = 0;
  let isDue = false;

  function startWaiting(): void {
    isDue = false;
    while (running < lanes) {
      const group = takeGroup();
      if (group.length === 0) return;
      running += 1;
      void attempt(group).then(() => {
        for (const { place } of group) taken.delete(place);
        running -= 1;
        startWaiting();
      });
    }
  }

  function takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    for (const each of queue) {
      if (group.length === together || taken.has(each.place)) left.push(each);
      else {
        taken.add(each.place);
        group.push(each);
      }
    }
    queue = left;
    return group;
  }

  async function attempt(group: readonly Waiting[]): Promise<void> {
    try {
      const answers = await doAll(group.map(({ job }) => job));
      group.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      if (group.length === 1 || error instanceof StoreUnavailableError) {
        for (const { reject } of group) reject(error);
      } else {
        for (const each of group) await attempt([each]);
      }
    }
  }

  return (job) =>
    new Promise((resolve, reject) => {
      queue.push({ job, place: placeOf(job), resolve, reject });
      // Not at once, so that what arrives with it comes along.
      if (!isDue) setImmediate(startWaiting);
      isDue = true;
    });
}
