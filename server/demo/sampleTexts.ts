import { readFileSync } from "node:fs";
import path from "node:path";
import { demoFiles, demoNewFile, type DemoEdit } from "../../core/demo/history.ts";
import { demoFollowing } from "../../core/demo/following.ts";
import { addDays } from "../../core/day.ts";
import type { Origin } from "../../protocol/origin.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";

/** A file of the sample workspace, and who is said to have written its parts. */
export interface SampleText {
  readonly file: string;
  readonly languageId: string;
  readonly text: string;
  /** One for each part, in their order, and together as long as the text. */
  readonly parts: readonly DemoEdit[];
}

const agent: Origin = { kind: "ai", tool: "claude-code", model: "claude-sonnet-4-5", mode: "agent" };
const writers: readonly Origin[] = [
  { kind: "human" },
  agent,
  { kind: "ai", tool: "github-copilot", model: "gpt-5-mini", mode: "completion" },
  { kind: "human" },
  { kind: "ai", tool: "claude-code", model: "claude-opus-4-5", mode: "agent" },
];

/** The texts of a sample workspace that are there, paragraph by paragraph; the new file is an agent's, and unread. */
export function sampleTexts(workspace: string, lastDay: string, random: () => number): SampleText[] {
  const root = fileOfAddress(workspace);
  if (root === undefined) return [];
  return [...demoFiles, demoNewFile].flatMap(({ file, languageId }, place) => {
    const text = textOf(path.join(root, file));
    if (text === undefined || text === "") return [];
    const isNew = file === demoNewFile.file;
    const parts = paragraphs(text).map((paragraph, index): DemoEdit => {
      const origin = isNew ? agent : writers[(place + index) % writers.length]!;
      const length = paragraph.length;
      const back = isNew ? 0 : 1 + ((place + index) % 6);
      const edit = {
        ...{
          day: addDays(lastDay, -back),
          hour: 10 + (index % 5),
          minute: 7 * (place + 1),
          file,
          languageId,
        },
        ...{ origin, insertedChars: length, deletedChars: 0, keptChars: length },
      };
      if (origin.kind !== "ai") return edit;
      const followed = demoFollowing(length, length, { back, random });
      const committed = isNew ? undefined : ("committed" as const);
      return { ...edit, followed: { ...followed, accepted: undefined, isSeen: !isNew, committed } };
    });
    return { file, languageId, text, parts };
  });
}

/** Each with the blank lines after it. */
function paragraphs(text: string): string[] {
  return text.match(/[^\n]+(?:\n(?!\n)[^\n]+)*\n*|\n+/g) ?? [];
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
