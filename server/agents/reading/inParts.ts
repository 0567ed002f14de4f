import type { RecordsRead } from "./recordWatch.ts";

/** Requests and edits that are told at once: written in about ten milliseconds, in which nobody else waits long. */
const mostAtOnce = 400;

/** What a look found, a part at a time: the first look at a year of logs finds a hundred thousand requests. */
export function* inParts(read: RecordsRead): Generator<RecordsRead> {
  const { requests, taskEdits } = read;
  let from = 0;
  let first: Pick<RecordsRead, "edits" | "problems" | "allowances"> = read;
  do {
    const to = from + mostAtOnce;
    yield {
      ...read,
      ...first,
      requests: requests.slice(from, to),
      taskEdits: taskEdits.slice(from, to),
      goesOn: to < Math.max(requests.length, taskEdits.length),
    };
    first = { edits: [], problems: {}, allowances: [] };
    from = to;
  } while (from < Math.max(requests.length, taskEdits.length));
}
