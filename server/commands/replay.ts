import { replay } from "../../core/replay/replay.ts";
import { ReplayProblem } from "../../core/replay/replayRules.ts";
import { replayFileSchema } from "../../protocol/replay.ts";

export interface CommandResult {
  readonly exitCode: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** A recording with one mistake in its form may have it in every step. */
const mostProblems = 20;

/** Replays the text of a recorded edit sequence. */
export function replayCommand(text: string): CommandResult {
  let json: unknown;
  try {
    // Some editors on Windows put a byte order mark first.
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return refused([`it is not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const file = replayFileSchema.safeParse(json);
  if (!file.success) {
    return refused(file.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`));
  }
  try {
    return { exitCode: 0, stdout: `${JSON.stringify(replay(file.data))}\n`, stderr: "" };
  } catch (error) {
    if (error instanceof ReplayProblem) return refused([error.message]);
    throw error;
  }
}

function refused(problems: readonly string[]): CommandResult {
  const left = problems.length - mostProblems;
  const lines = problems
    .slice(0, mostProblems)
    .concat(left > 0 ? [`and ${left} more`] : [])
    .map((problem) => `  ${problem}`)
    .join("\n");
  return {
    exitCode: 2,
    stdout: "",
    stderr: `The recording cannot be replayed:\n${lines}\nCorrect it and replay it again.\n`,
  };
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the file";
  return path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : `${at > 0 ? "." : ""}${String(part)}`))
    .join("");
}
