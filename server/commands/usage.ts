import type { ErrorCode } from "../../protocol/errors.ts";
import { describeProblem } from "../../protocol/errors.ts";

/** What a command prints and ends with: 0 done, 1 failure, 2 bad input. */
export interface CommandResult {
  readonly exitCode: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

export const usage = `kept: what becomes of the code that AI writes

  kept report [--period 30d] [--json | --html | --markdown] [--budget USD]
                                        the scorecard
  kept digest [--json]                  the last seven days in a page of Markdown
  kept blame FILE [--json]              origin, evidence, age and what is kept, line by line
  kept tasks [--home DIR] [--since DATE|30d] [--json]
                                        what tools' own records say: requests, tokens, cost, edits
  kept notes [--repo DIR] [--json]      what git notes, Agent Trace and trailers say of who wrote what
  kept fate [--repo DIR] [--windows 14,21,30,90] [--json]
                                        what became of the lines of a repository's history, by who brought them
  kept describe [RANGE] [--repo DIR] [--format markdown|trailers|csv|cyclonedx] [--json]
                                        what AI did in a branch or a release; only prints
  kept connect [TOOL] [--dry-run]       has a tool tell Kept of its edits as it works; without one: which there are
  kept disconnect TOOL|--all [--dry-run]
                                        takes exactly that out again
  kept hook TOOL                        takes in what a tool's hook gives on stdin; always ends with 0
  kept uninstall [--data]               disconnects all tools; with --data deletes what was recorded, too
  kept replay FILE                      origins, spans and retention of a recorded edit sequence
  kept export [--format json|csv] [--period 30d] [--out FILE]
                                        everything that is recorded; docs/data.md says what it means
  kept export --format agent-trace [--repo DIR] [--out FILE]
                                        whose the lines of a repository's commits are, as Agent Trace
  kept import FILE|CLONE [--repo DIR] [--write] [--json]
                                        makes git notes of what an export (JSON, CSV, Agent Trace) or another clone says
                                        of who wrote the lines of commits; only shows what it would write, without --write
  kept forget --all | [--repository DIR] [--tool TOOL] [--from DAY] [--to DAY] [--dry-run] [--json]
                                        deletes what was recorded: all of it, or what fits every part
  kept sync --dry-run [--json]          the exact text that would leave for your organisation, if you agreed to that
  kept sync --refused [--delete] [--json]
                                        what your organisation refused for good, to be kept elsewhere or deleted here
  kept doctor [--json]                  what is found, what works, what to fix
  kept --version
  kept demo [--workspace URI]           fills an empty database with a made-up history, labelled so

--json prints one JSON document and nothing else.
The database is in KEPT_HOME, or in the user's own data folder.
Ends with 0 when done, 1 after a failure, 2 when the input cannot be used.
`;

/** What the usage says of one command; empty where there is none of that name. */
export function usageOf(command: string): string {
  const [, ...parts] = usage.split(/^(?= {2}kept )/m);
  const own = parts.filter((part) => part.split(/\s+/)[2] === command);
  return own.map((part) => part.split("\n\n", 1)[0]!.trimEnd()).join("\n");
}

export function done(stdout: string): CommandResult {
  return { exitCode: 0, stdout, stderr: "" };
}

export function badInput(what: string, reason: string): CommandResult {
  return failed(2, "input.invalid", { what, reason });
}

export function failed(
  exitCode: 1 | 2,
  code: ErrorCode,
  details: Record<string, string | number>,
): CommandResult {
  const { message, whatToDo } = describeProblem({ code, details });
  return { exitCode, stdout: "", stderr: `kept: ${message} ${whatToDo}\n` };
}
