import { localDay } from "../../core/day.ts";
import { isSetApart } from "../../core/fate/setApart.ts";
import type { TipRecord } from "../../protocol/coaching.ts";
import type { ForgetScope } from "../../protocol/forget.ts";
import { lookedAtMs, type CoachingStore, type EditedRow, type TipsWritten } from "./coachingRows.ts";
import type { MemorySync } from "./memorySync.ts";
import type { MemoryStages } from "./memoryStages.ts";
import type { DocumentRow, EditRow, SampleRow, Written } from "./store.ts";

type Edits = ReadonlyMap<string, { readonly row: EditRow; readonly samples: ReadonlyMap<number, SampleRow> }>;
type Documents = ReadonlyMap<string, { readonly row: DocumentRow; readonly writtenAt: number }>;

/** What advice rests on, in memory. */
export class MemoryCoaching implements CoachingStore {
  readonly #edits: Edits;
  readonly #documents: Documents;
  readonly #stages: MemoryStages;
  readonly #onWritten: () => void;
  readonly #onTip: MemorySync["queueTip"];
  readonly #tips = new Map<string, TipRecord>();

  constructor(
    edits: Edits,
    documents: Documents,
    stages: MemoryStages,
    onWritten: () => void,
    onTip: MemorySync["queueTip"],
  ) {
    this.#edits = edits;
    this.#documents = documents;
    this.#stages = stages;
    this.#onWritten = onWritten;
    this.#onTip = onTip;
  }

  readRecentAiEdits(since: number, most: number): ReturnType<CoachingStore["readRecentAiEdits"]> {
    const stages = this.#stages;
    const documents = new Map(this.#since().map((document) => [document.uri, document]));
    return [...this.#edits.values()]
      .filter(({ row }) => row.origin.kind === "ai" && row.at >= since)
      .sort((one, other) => other.row.at - one.row.at)
      .slice(0, most)
      .map(({ row, samples }) => {
        const { uri, at, utcOffsetMinutes, keptChars, origin, id } = row;
        const sample = samples.get(lookedAtMs);
        const told = sample && !sample.late && sample.otherBranch !== true ? sample : undefined;
        const counted = [...samples.values()].flatMap(({ dueMs, linesInserted }) =>
          dueMs <= lookedAtMs && linesInserted !== null ? [linesInserted] : [],
        );
        return {
          uri,
          workspace: documents.get(uri)!.workspace,
          languageId: documents.get(uri)!.languageId,
          at,
          utcOffsetMinutes,
          kind: origin.kind,
          tool: origin.tool,
          mode: origin.mode,
          keptChars,
          lines: counted.length === 0 ? null : Math.max(...counted),
          fourGram: told?.fourGram ?? null,
          noRevert: told?.noRevert ?? null,
          seen: stages.seenOf(id) ?? null,
          committed: stages.of(id).committed ?? null,
          recordAt: stages.recordOf(id) ?? null,
        };
      });
  }

  readRecentDocuments(since: number): ReturnType<CoachingStore["readRecentDocuments"]> {
    return this.#since(since)
      .map(({ uri, workspace, languageId }) => ({ uri, workspace, languageId }))
      .sort((one, other) => (one.uri < other.uri ? -1 : 1));
  }

  readEdited(uris: readonly string[], since: number): EditedRow[] {
    const latest = new Map<string, EditedRow>();
    for (const { row } of this.#edits.values()) {
      const { uri, at, utcOffsetMinutes, origin } = row;
      if (at < since || !uris.includes(uri)) continue;
      const key = JSON.stringify([uri, origin.kind, localDay(row).day]);
      const before = latest.get(key);
      if (!before || before.at < at) latest.set(key, { uri, kind: origin.kind, at, utcOffsetMinutes });
    }
    return [...latest.values()];
  }

  readCommittedLines(since: number): ReturnType<CoachingStore["readCommittedLines"]> {
    return this.#stages.commits
      .filter(({ at }) => at >= since)
      .sort((one, other) => one.at - other.at)
      .flatMap(({ at, files }) => {
        const ranges = files.filter(({ path }) => !isSetApart(path)).flatMap((file) => file.ranges);
        const count = (of: typeof ranges) =>
          of.reduce((sum, { firstLine, lastLine }) => sum + lastLine - firstLine + 1, 0);
        const aiLines = count(ranges.filter(({ origin }) => origin.kind === "ai"));
        return ranges.length === 0 ? [] : { at, lines: count(ranges), aiLines };
      });
  }

  readTips(): TipRecord[] {
    return [...this.#tips.values()];
  }

  writeTips(tips: readonly TipRecord[], written?: TipsWritten): Written {
    for (const tip of tips) {
      const isTaken = [...this.#tips.values()].some(({ rule, day }) => rule === tip.rule && day === tip.day);
      const known = this.#tips.get(tip.id);
      if (!known && isTaken) continue;
      if (written) this.#onTip(known, tip, written);
      this.#tips.set(tip.id, tip);
    }
    this.#onWritten();
    return { outcome: "written" };
  }

  forget({ from, to }: ForgetScope): void {
    for (const { id, day } of this.#tips.values()) {
      if ((from === null || day >= from) && (to === null || day <= to)) this.#tips.delete(id);
    }
  }

  pruneBefore(day: string): void {
    for (const tip of this.#tips.values()) if (tip.day < day) this.#tips.delete(tip.id);
  }

  #since(since = 0): DocumentRow[] {
    return [...this.#documents.values()].filter(({ writtenAt }) => writtenAt >= since).map(({ row }) => row);
  }
}
