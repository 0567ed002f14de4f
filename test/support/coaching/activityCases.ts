import type { ToolActivity } from "../../../core/coaching/recentSteps.ts";
import { times, type RuleCase } from "./ruleCases.ts";
import { day, editOf, hour, minute, now, stepOf, triedOf } from "./situation.ts";

const activity = (steps: ToolActivity["steps"], edits: ToolActivity["edits"] = []) => ({
  activity: {
    steps: [...steps].sort((one, other) => one.at - other.at),
    edits: [...edits].sort((one, other) => one.at - other.at),
  },
});
/** Edits of a file, each followed a minute later by the same tests, which fail. */
const attempts = (count: number, everyMinutes = 5, more: Partial<Parameters<typeof stepOf>[0]> = {}) =>
  activity(
    times(count, (index) =>
      stepOf({ kind: "failed", subject: "tests", at: now - index * everyMinutes * minute - minute, ...more }),
    ),
    times(count, (index) => triedOf({ at: now - index * everyMinutes * minute - 2 * minute })),
  );
const filesEdited = (count: number, of: Parameters<typeof triedOf>[0] = {}) =>
  times(count, (index) => triedOf({ uri: `file:///project/src/a${index}.ts`, at: now - 10 * minute, ...of }));
/** Of a tool that tells of its looks: in another task. */
const tellsOfLooks = stepOf({ taskKey: "task-0", at: now - 2 * day });
const bending = (
  after: Parameters<typeof stepOf>[0] = {},
  uri = "file:///project/test/orders.test.ts",
  before: Parameters<typeof stepOf>[0] = {},
) =>
  activity(
    [
      stepOf({ kind: "failed", subject: "tests", at: now - 9 * minute, ...before }),
      stepOf({ kind: "assertion", at: now - 8 * minute }),
      stepOf({ kind: "passed", subject: "tests", at: now - 7 * minute, ...after }),
    ],
    [triedOf({ uri, at: now - 8 * minute })],
  );
const glances = (looks: number, edits: number) =>
  activity(
    times(looks, () => stepOf({ at: now - 3 * hour })),
    times(edits, () => triedOf({ at: now - 2 * hour })),
  );
const openings = (count: number, subject = "briefing") =>
  activity(times(count, (index) => stepOf({ kind: "opening", subject, taskKey: `task-${index}` })));
const server = {
  ...{ name: "browser", subject: "hash", folder: "file:///project", uri: "file:///project/.mcp.json" },
  ...{ tool: "claude-code", since: now - 10 * day },
};
const offered = (tasks: number, used: number, more: Parameters<typeof stepOf>[0] = {}) => ({
  servers: [server],
  ...activity([
    ...times(tasks, (index) => stepOf({ taskKey: `task-${index}`, ...more })),
    ...times(used, (index) => stepOf({ taskKey: `task-${index}`, kind: "server", subject: "hash" })),
  ]),
});
const secret = (of: Parameters<typeof stepOf>[0] = {}) =>
  activity([stepOf({ kind: "secret", subject: "environment file", ...of })]);
/** The first test runs of branches, each after an AI edit. */
const firstRuns = (branches: number, failed: number, of: Parameters<typeof stepOf>[0] = {}) => ({
  edits: times(branches, (index) => editOf({ at: now - index * hour - 2 * minute })),
  ...activity(
    times(branches, (index) =>
      stepOf({
        ...{ taskKey: null, tool: "editor", subject: `branch-${index}`, at: now - index * hour - minute },
        kind: index < failed ? "failed" : "passed",
        ...of,
      }),
    ),
  ),
});

/** Of rules that rest on what agents did besides writing, and on what the editor shows. */
export const activityCases: Readonly<Record<string, RuleCase>> = {
  C05: {
    speaking: [attempts(3)],
    silent: [
      attempts(2),
      attempts(3, 11),
      attempts(3, 5, { kind: "passed" }),
      { activity: { ...attempts(3).activity, edits: [] } },
      { activity: { ...attempts(3).activity, edits: attempts(3).activity.edits.slice(1) } },
      attempts(3, 5, { taskKey: null }),
    ],
    says: "The same test run failed 3 times in 10 minutes, each time after an edit of the same file.",
  },
  C08: {
    speaking: [activity([tellsOfLooks], filesEdited(4))],
    silent: [
      activity([tellsOfLooks], filesEdited(3)),
      activity([], filesEdited(4)),
      activity([tellsOfLooks, stepOf({ kind: "plan", at: now - 11 * minute })], filesEdited(4)),
      activity([tellsOfLooks, stepOf({ at: now - 11 * minute })], filesEdited(4)),
      activity([tellsOfLooks], filesEdited(4, { at: now - day })),
      activity([tellsOfLooks], filesEdited(4, { uri: "" })),
    ],
    says: "Claude Code edited 4 files in one task without a plan, and without a look at anything before.",
  },
  C10: {
    speaking: [bending()],
    silent: [
      bending({ kind: "failed" }),
      bending({ subject: "others" }),
      bending({}, undefined, { kind: "passed" }),
      bending({}, "file:///project/src/orders.ts"),
      bending({}, ""),
      bending({ taskKey: "task-2" }),
    ],
    says: "What a test asserts became another in 1 edit while it failed, no other code did, and then it passed.",
  },
  C11: {
    speaking: [{ problems: [{ uri: "file:///project/a.ts", errors: 2 }] }],
    silent: [{ problems: [] }, { problems: undefined }],
    says: "2 errors in lines that AI wrote in the last hour, still there after 5 minutes.",
  },
  C12: {
    speaking: [glances(29, 10)],
    silent: [glances(30, 10), glances(5, 9), glances(0, 10)],
    says: "Claude Code looks 2.9 times at files for each of its edits (10 edits in 14 days).",
  },
  C13: {
    speaking: [openings(5)],
    silent: [
      openings(4),
      activity([...openings(4).activity.steps, ...openings(5, "other").activity.steps.slice(4)]),
      activity(times(5, () => stepOf({ kind: "opening", subject: "briefing" }))),
    ],
    says: "5 tasks of 30 days began with the same text of 1,500 characters or more.",
  },
  C19: {
    speaking: [offered(5, 0), offered(11, 2)],
    silent: [
      offered(5, 1),
      offered(4, 0),
      offered(5, 0, { tool: "codex" }),
      offered(5, 0, { place: "file:///projects" }),
      offered(5, 0, { at: now - 11 * day }),
      { ...offered(5, 0), servers: [] },
    ],
    says: "browser is offered to every task here; 0 of the last 5 used it. What it offers is paid for in each request.",
  },
  C20: {
    speaking: [
      { duplicates: [{ uri: "file:///project/a.ts", other: "file:///project/b%20c.ts", lines: 5 }] },
    ],
    silent: [
      { duplicates: [{ uri: "file:///project/a.ts", other: "file:///project/b.ts", lines: 4 }] },
      { duplicates: [] },
    ],
    says: "5 lines that AI wrote today stand in b c.ts, too.",
  },
  C25: {
    speaking: [firstRuns(5, 3)],
    silent: [
      firstRuns(5, 2),
      firstRuns(4, 3),
      firstRuns(5, 3, { subject: null }),
      firstRuns(5, 3, { taskKey: "task-1" }),
      {
        ...firstRuns(5, 3),
        edits: firstRuns(5, 3)
          .edits.slice(0, 1)
          .map((edit) => ({ ...edit, at: now - 3 * day })),
      },
    ],
    says: "3 of your last 5 branches with AI text failed their first test run.",
  },
  C27: {
    speaking: [secret()],
    silent: [secret({ kind: "read", subject: null }), secret({ at: now - 7 * day })],
    says: "In the last 7 days Claude Code looked 1 time at a file that holds secrets (environment file).",
  },
  C29: {
    speaking: [{ review: { minutes: 61, lines: 10 } }, { review: { minutes: 5, lines: 401 } }],
    silent: [{ review: { minutes: 60, lines: 400 } }, { review: null }],
    says: "61 minutes of review so far, 10 lines of differences. Less is found after an hour or 400 lines.",
  },
};
