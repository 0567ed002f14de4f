import { localDay } from "../../core/day.ts";
import { isForgotten } from "../../core/forgetting.ts";
import { followingOutcome, wayOf } from "../../core/summary/funnel.ts";
import type { ForgetScope } from "../../protocol/forget.ts";
import type { BehindOrigin } from "./behind.ts";
import { wayStage, type Stage } from "../../protocol/funnel.ts";
import { MemoryRetention } from "./memoryRetention.ts";
import { stagesOfEdit, stagesOfSample } from "./stages.ts";
import type { CommitRow, FunnelRow, KnownCommit, StageRow, UncommittedRow } from "./stages.ts";
import type { Batch, EditRow, OriginRow, SumKey } from "./store.ts";

type Counted = FunnelRow["stage"];
type Counts = Map<Counted, Map<string, number>>;
type Outcomes = Map<Stage, string>;

/** The way of edits, in memory: outcomes by edit, and counts by the sums that the edits belong to. */
export class MemoryStages {
  /** What is left of edits, by the same sums. */
  readonly retention = new MemoryRetention();
  readonly #outcomes = new Map<string, Outcomes>();
  readonly #counts = new Map<SumKey, Counts>();
  readonly #commits = new Map<string, CommitRow>();
  readonly #origins = new Map<string, OriginRow>();
  readonly #seen = new Map<string, string>();
  readonly #records = new Map<string, string>();

  write(
    { samples = [], stages = [], seen = [], records = [], commits = [] }: Batch,
    editOf: (id: string) => { readonly row: EditRow; readonly sum: SumKey } | undefined,
  ): void {
    for (const row of [...samples.flatMap(stagesOfSample), ...stages]) {
      const edit = editOf(row.editId);
      if (edit) this.set(row, edit.sum);
    }
    for (const row of seen) if (editOf(row.editId)) this.#seen.set(row.editId, row.seen);
    for (const { editId, recordAt } of records) if (editOf(editId)) this.#records.set(editId, recordAt);
    for (const row of commits) this.addCommit(row, (id) => editOf(id)?.row.origin);
  }

  /** What an edit itself says. */
  setOwn(edit: EditRow, sum: SumKey): void {
    for (const row of stagesOfEdit(edit, edit.origin, edit.evidence)) this.set(row, sum);
  }

  unkept(edits: readonly EditRow[], before: number): string[] {
    return edits
      .filter(({ at, origin, insertedChars }) => origin.kind === "ai" && insertedChars > 0 && at < before)
      .filter(({ id }) => this.of(id).keptAt15 === undefined)
      .sort((one, other) => one.at - other.at)
      .map(({ id }) => id);
  }

  uncommitted(edits: readonly EditRow[], since: number): UncommittedRow[] {
    return edits
      .filter(({ origin, keptChars, at }) => origin.kind === "ai" && keptChars > 0 && at >= since)
      .filter(({ id }) => this.of(id).committed !== "committed")
      .map(({ id, uri }) => ({ editId: id, uri, seen: this.seenOf(id) ?? null }));
  }

  /** Those of which this was found, and whose steps together are one of these; all where nothing is asked for. */
  found<Edit extends { readonly id: string }>(
    edits: readonly Edit[],
    { found, ways }: Pick<BehindOrigin, "found" | "ways">,
  ): readonly Edit[] {
    return edits.filter(
      ({ id }) =>
        (!found || found.outcomes.includes(this.of(id)[found.stage] ?? "")) &&
        (!ways || ways.includes(this.#wayOf(id) ?? "")),
    );
  }

  seen(editIds: readonly string[]): Map<string, string> {
    return new Map(
      editIds.flatMap((id): [string, string][] => {
        const seen = this.#seen.get(id);
        return seen === undefined ? [] : [[id, seen]];
      }),
    );
  }

  set({ editId, stage, outcome }: StageRow, sum: SumKey): void {
    const outcomes = this.#outcomes.get(editId) ?? new Map<Stage, string>();
    const before = outcomes.get(stage);
    const after = followingOutcome(stage, before, outcome);
    if (after === before) return;
    const way = this.#wayOf(editId);
    this.#outcomes.set(editId, outcomes.set(stage, after));
    if (before !== undefined) this.#count(sum, stage, before, -1);
    this.#count(sum, stage, after, 1);
    if (way !== undefined) this.#count(sum, wayStage, way, -1);
    const next = this.#wayOf(editId);
    if (next !== undefined) this.#count(sum, wayStage, next, 1);
  }

  move(editId: string, from: SumKey, to: SumKey): void {
    for (const [stage, outcome] of this.#countedOf(editId)) {
      this.#count(from, stage, outcome, -1);
      this.#count(to, stage, outcome, 1);
    }
  }

  of(editId: string): Partial<Record<Stage, string>> {
    return Object.fromEntries(this.#outcomes.get(editId) ?? []);
  }

  #wayOf(editId: string): string | undefined {
    return wayOf(this.of(editId));
  }

  #countedOf(editId: string): readonly (readonly [Counted, string])[] {
    const way = this.#wayOf(editId);
    return [...(this.#outcomes.get(editId) ?? []), ...(way === undefined ? [] : [[wayStage, way] as const])];
  }

  /** Of the sums that are still there. */
  read(sums: readonly SumKey[], what: "stages" | "ways"): FunnelRow[] {
    const rows = new Map<string, FunnelRow>();
    for (const { day, workspace, kind, tool, model, mode, ...rest } of sums.map((sum) => ({
      ...sum,
      counts: this.#counts.get(sum),
    }))) {
      for (const [stage, byOutcome] of rest.counts ?? []) {
        if ((stage === wayStage) !== (what === "ways")) continue;
        for (const [outcome, edits] of byOutcome) {
          const row = { day, workspace, kind, tool, model, mode, stage, outcome, edits };
          const key = JSON.stringify({ ...row, edits: 0 });
          const known = rows.get(key)?.edits ?? 0;
          if (edits > 0) rows.set(key, { ...row, edits: known + edits });
        }
      }
    }
    return [...rows.values()];
  }

  clear(): void {
    this.retention.clear();
    for (const each of [
      this.#outcomes,
      this.#counts,
      this.#commits,
      this.#origins,
      this.#seen,
      this.#records,
    ])
      each.clear();
  }

  /** Counts the outcomes of sums anew, of the edits that are left. */
  recount(sum: SumKey, editIds: readonly string[]): void {
    this.#counts.delete(sum);
    for (const id of editIds) {
      for (const [stage, outcome] of this.#countedOf(id)) this.#count(sum, stage, outcome, 1);
    }
  }

  /** Deletes committed lines that are in a scope, or of edits that are gone. */
  forgetCommits(scope: ForgetScope, gone: ReadonlySet<string>): void {
    for (const [key, commit] of this.#commits) {
      const { day } = localDay({ at: commit.at, utcOffsetMinutes: 0 });
      const isGone = (editId: string) =>
        gone.has(editId) || isForgotten({ day, ...this.#origins.get(editId)! }, [commit.repository], scope);
      const files = commit.files
        .map(({ path, ranges }) => ({ path, ranges: ranges.filter(({ editId }) => !isGone(editId)) }))
        .filter(({ ranges }) => ranges.length > 0);
      if (files.length === 0) this.#commits.delete(key);
      else this.#commits.set(key, { ...commit, files });
    }
  }

  recordOf(editId: string): string | undefined {
    return this.#records.get(editId);
  }

  seenOf(editId: string): string | undefined {
    return this.#seen.get(editId);
  }

  forgetEdit(editId: string): void {
    this.#outcomes.delete(editId);
    this.#seen.delete(editId);
    this.#records.delete(editId);
  }

  forgetSum(sum: SumKey): void {
    this.#counts.delete(sum);
    this.retention.forgetSum(sum);
  }

  addCommit(row: CommitRow, originOf: (editId: string) => OriginRow | undefined): void {
    if (this.#commits.has(nameOf(row))) return;
    const files = row.files
      .map(({ path, ranges }) => ({ path, ranges: ranges.filter(({ editId }) => originOf(editId)) }))
      .filter(({ ranges }) => ranges.length > 0);
    const { repository, name, at } = row;
    this.#commits.set(nameOf(row), { repository, name, at, files });
    for (const { editId } of files.flatMap(({ ranges }) => ranges)) {
      this.#origins.set(editId, originOf(editId)!);
    }
  }

  originBecame(editId: string, origin: OriginRow): void {
    if (this.#origins.has(editId)) this.#origins.set(editId, origin);
  }

  get commits(): KnownCommit[] {
    return [...this.#commits.values()].flatMap(({ repository, name }) => this.commit(repository, name) ?? []);
  }

  commitNames(repository: string): string[] {
    return [...this.#commits.values()].flatMap((row) => (row.repository === repository ? [row.name] : []));
  }

  commit(repository: string, name: string): KnownCommit | undefined {
    const found = this.#commits.get(nameOf({ repository, name }));
    if (!found) return undefined;
    const files = found.files
      .map(({ path, ranges }) => ({
        path,
        ranges: ranges
          .map((range) => {
            const { kind, tool, model, mode } = this.#origins.get(range.editId)!;
            return { ...range, origin: { kind, tool, model, mode } };
          })
          .sort((one, other) => one.firstLine - other.firstLine),
      }))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
    return { ...found, files };
  }

  /** Those whose repository has nothing newer either. */
  pruneCommits(before: number): void {
    const recent = new Set(
      [...this.#commits.values()].filter(({ at }) => at >= before).map(({ repository }) => repository),
    );
    for (const [key, { repository }] of this.#commits) if (!recent.has(repository)) this.#commits.delete(key);
  }

  #count(sum: SumKey, stage: Counted, outcome: string, by: number): void {
    const counts: Counts = this.#counts.get(sum) ?? new Map<Counted, Map<string, number>>();
    const byOutcome = counts.get(stage) ?? new Map<string, number>();
    byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + by);
    this.#counts.set(sum, counts.set(stage, byOutcome));
  }
}

function nameOf({ repository, name }: Pick<CommitRow, "repository" | "name">): string {
  return JSON.stringify([repository, name]);
}
