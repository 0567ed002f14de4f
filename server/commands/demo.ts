import { parseArgs } from "node:util";
import { localDay } from "../../core/day.ts";
import type { DemoFollowing } from "../../core/demoFollowing.ts";
import { demoHistory, type DemoEdit } from "../../core/demoHistory.ts";
import { seededRandom } from "../../core/seededRandom.ts";
import { describeProblem, reasonOf } from "../../protocol/errors.ts";
import type { Host } from "../host.ts";
import type { StageRow } from "../store/stages.ts";
import type { Batch, DocumentRow, EditRow, SampleRow, Store, Written } from "../store/store.ts";
import { syntheticNote } from "../syntheticNote.ts";
import { badInput, done, type CommandResult } from "./usage.ts";

const dayCount = 120;
const seed = 20;
/** Minutes of the day after which the made-up history has no edits. */
const endOfWork = 19 * 60;

/**
 * `kept demo`: fills an empty database with a made-up history, and marks it as such for good. A database that holds
 * anything real is left alone.
 */
export function demoCommand(
  args: readonly string[],
  { host, openStore }: { readonly host: Host; readonly openStore: () => Store },
): CommandResult {
  let workspace: string | undefined;
  try {
    workspace = parseArgs({ args: [...args], options: { workspace: { type: "string" } } }).values.workspace;
  } catch (thrown) {
    return badInput("kept demo", reasonOf(thrown));
  }
  const store = openStore();
  try {
    if (store.kind !== "disk") return badInput("kept demo", "there is no database that can be written");
    const at = host.now();
    const today = localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
    const holdsSomething =
      store.readSums({ from: "0001-01-01", to: today, workspaces: undefined }).length > 0;
    if (holdsSomething) {
      return badInput("kept demo", "the database holds edits already; set KEPT_HOME to an empty folder");
    }
    const { hour, minute } = localTime(at, host);
    const edits = demoHistory(today, dayCount, seededRandom(seed)).map((edit) =>
      edit.day === today ? squeezed(edit, hour * 60 + minute) : edit,
    );
    // Marked first, filled at once: whatever stops it, nothing made up is ever without its mark.
    failOn(store.writeNote(syntheticNote, "demonstration"));
    failOn(store.write(batchOf(edits, workspace ?? null, host)));
    return done(`Wrote a made-up history of ${edits.length} edits over ${dayCount} days.\n`);
  } finally {
    store.close();
  }
}

function batchOf(edits: readonly DemoEdit[], workspace: string | null, host: Host): Batch {
  const documents = new Map<string, DocumentRow>();
  const samples: SampleRow[] = [];
  const stages: StageRow[] = [];
  const rows = edits.map((edit, index): EditRow => {
    const uri = `${workspace ?? "untitled:demo"}/${edit.file}`;
    const version = index + 1;
    documents.set(uri, { uri, workspace, languageId: edit.languageId, spans: emptySpans(version) });
    const at = timeOf(edit, host);
    const ai = edit.origin.kind === "ai" ? edit.origin : undefined;
    const strength =
      edit.origin.kind === "unknown" ? null : edit.origin.kind === "human" ? "inferred" : "exact";
    const id = host.uuid();
    if (edit.followed) {
      samples.push(...samplesOf(id, at, edit.insertedChars, edit.followed, host.now()));
      stages.push(...stagesOf(id, edit.followed));
    }
    return {
      id,
      uri,
      at,
      utcOffsetMinutes: host.utcOffsetMinutes(at),
      window: "demonstration",
      session: 1,
      version,
      insertedChars: edit.insertedChars,
      deletedChars: edit.deletedChars,
      keptChars: edit.keptChars,
      origin: {
        kind: edit.origin.kind,
        tool: ai?.tool ?? null,
        model: ai?.model ?? null,
        mode: ai?.mode ?? null,
        strength,
        conflict: false,
      },
      evidence:
        strength === null
          ? []
          : [{ source: "demonstration", strength, origin: JSON.stringify(edit.origin), at }],
    };
  });
  return {
    documents: [...documents.values()],
    edits: rows,
    samples,
    stages,
    origins: [],
    removals: [],
    drops: [],
    receipt: undefined,
  };
}

/** Those that are due by now. */
function samplesOf(
  editId: string,
  at: number,
  insertedChars: number,
  { samples }: DemoFollowing,
  now: number,
): SampleRow[] {
  return samples
    .filter(({ dueMs }) => at + dueMs <= now)
    .map((sample) => ({
      ...sample,
      editId,
      takenAt: at + sample.dueMs,
      insertedChars,
      linesInserted: null,
      linesDeleted: null,
      fourGram: null,
      otherBranch: null,
    }));
}

function stagesOf(editId: string, { saved, committed }: DemoFollowing): StageRow[] {
  return [
    { editId, stage: "saved", outcome: saved },
    ...(committed ? [{ editId, stage: "committed", outcome: committed } as const] : []),
  ];
}

function emptySpans(version: number): DocumentRow["spans"] {
  return {
    window: "demonstration",
    session: 1,
    version,
    textLength: 0,
    textHash: "",
    spans: JSON.stringify({ owners: [], runs: [] }),
  };
}

/** Today's edits lie before now, however early it is. */
function squeezed(edit: DemoEdit, minutesSoFar: number): DemoEdit {
  const minutes = Math.floor((edit.hour * 60 + edit.minute) * Math.min(1, minutesSoFar / endOfWork));
  return { ...edit, hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

function localTime(at: number, host: Host): { hour: number; minute: number } {
  const local = new Date(at + host.utcOffsetMinutes(at) * 60_000);
  return { hour: local.getUTCHours(), minute: local.getUTCMinutes() };
}

function timeOf({ day, hour, minute }: DemoEdit, host: Host): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + (hour * 60 + minute) * 60_000;
  return asUtc - host.utcOffsetMinutes(asUtc) * 60_000;
}

function failOn(written: Written): void {
  if (written.outcome === "written") return;
  const reasons = { readOnly: "The database is read only.", forgotten: "Data was deleted meanwhile." };
  throw new Error(
    written.outcome === "retry" ? describeProblem(written.problem).message : reasons[written.outcome],
  );
}
