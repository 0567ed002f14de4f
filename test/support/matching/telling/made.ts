/** How a tool goes about an edit: by a passage, by the whole file, by a file that was not there, or by a command of a shell. */
export type MadeBy = "passage" | "patch" | "whole" | "new" | "shell" | "unsaid";

/** One edit that an agent makes, or would have made, with all that a tool could tell of it. */
export interface MadeEdit {
  readonly call: string;
  readonly session: string;
  readonly madeBy: MadeBy;
  /** Absolute, in the folder `workFolder`. */
  readonly path: string;
  /** The passage, of whole lines, and what takes its place. */
  readonly before: string;
  readonly after: string;
  /** The whole file; undefined where there is none before. */
  readonly textBefore: string | undefined;
  readonly textAfter: string;
}

export type MadeOutcome = "proposed" | "applied" | "rejected" | "failed";

/** A moment at which a tool could tell something of an edit. */
export interface Moment {
  readonly edit: MadeEdit;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly outcome: MadeOutcome;
}

/** A call as it stands by now. */
export interface MadeCall {
  readonly edit: MadeEdit;
  /** When it was proposed. */
  readonly at: number;
  readonly outcome: MadeOutcome;
}

export const workFolder = "/work";
export const madeModel = "a-model";

/** As tools give a passage: without the end of its last line. */
export function passageOf({ before, after }: MadeEdit): { readonly before: string; readonly after: string } {
  return { before: before.replace(/\n$/, ""), after: after.replace(/\n$/, "") };
}

export function nameOf(edit: MadeEdit): string {
  return edit.path.slice(workFolder.length + 1);
}

/** The edit as a patch; a file is made, or lines of it take the place of others. */
export function patchOf(edit: MadeEdit): string {
  const lines = (text: string, sign: string) =>
    text
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => `${sign}${line}`);
  const { before, after } = edit;
  const isAddition = after.startsWith(before);
  const changed =
    edit.textBefore === undefined
      ? [`*** Add File: ${nameOf(edit)}`, ...lines(edit.textAfter, "+")]
      : [
          `*** Update File: ${nameOf(edit)}`,
          "@@",
          ...lines(before, isAddition ? " " : "-"),
          ...lines(isAddition ? after.slice(before.length) : after, "+"),
        ];
  return ["*** Begin Patch", ...changed, "*** End Patch"].join("\n");
}

/** A command that puts a line in the place of another, or writes the whole file from the lines that follow it. */
export function commandOf({ path, before, after, textBefore, textAfter }: MadeEdit): string {
  const [from, to] = [before, after].map((text) => text.replace(/\n$/, ""));
  const isOneLine = !/['\n]/.test(`${from}${to}`) && textBefore?.replace(before, () => after) === textAfter;
  if (isOneLine)
    return `sed -i 's/${from!.replace(/[.*[\]^$\\/]/g, "\\$&")}/${to!.replace(/[&\\/]/g, "\\$&")}/' ${path}`;
  return `cat > ${path} <<'EOF'\n${textAfter}EOF`;
}
