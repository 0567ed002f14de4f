import { parseArgs } from "node:util";
import { countOf } from "../../core/countOf.ts";
import { leftOf, linesOf, partsOfLine, type LinePart } from "../../core/provenance/provenanceLines.ts";
import { percent } from "../../core/percent.ts";
import { shownText } from "../../core/report/shownText.ts";
import { marks, originWords } from "../../core/provenance/provenanceWords.ts";
import type { Spans } from "../../core/spans/spans.ts";
import type { Blame, BlamedLine } from "../../protocol/blame.ts";
import { reasonOf } from "../../protocol/errors.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { Hashes } from "../deviceKey.ts";
import { LocalGit } from "../git/localGit.ts";
import { Repositories } from "../git/repositories.ts";
import type { Host } from "../host.ts";
import { resolveOrigin } from "../../core/origin/origin.ts";
import { readClosedDocument, type ClosedDocument } from "../provenance/closedDocument.ts";
import { addressesOfFile } from "../provenance/fileAddress.ts";
import { readOnce } from "../provenance/knownEdit.ts";
import type { Store } from "../store/store.ts";
import { badInput, type CommandResult } from "./usage.ts";

interface BlameOptions {
  readonly host: Host;
  readonly openStore: () => Store;
  readonly makeHashes: () => Hashes;
  readonly readUtf8: (path: string) => string;
}

const dayMs = 24 * 60 * 60_000;

/** `kept blame`: whose each line of a file is, from the database alone. No server and no editor need be running. */
export function blameCommand(args: readonly string[], options: BlameOptions): CommandResult {
  let given: { values: { json?: boolean | undefined }; positionals: string[] };
  try {
    given = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: "boolean" } } });
  } catch (thrown) {
    return badInput("kept blame", reasonOf(thrown));
  }
  const [file, ...more] = given.positionals;
  if (file === undefined || more.length > 0) return badInput("kept blame", "expected one file");
  let raw: string;
  try {
    raw = options.readUtf8(file);
  } catch (thrown) {
    return badInput(file, reasonOf(thrown));
  }
  const store = options.openStore();
  try {
    const addresses = addressesOfFile(file);
    const document = readClosedDocument(raw, addresses, {
      store,
      hashes: options.makeHashes(),
      git: new LocalGit(new Repositories(), () => options.host.now()),
    });
    const blame = blameOf(file, document, store, options.host.now());
    return {
      exitCode: 0,
      stdout: given.values.json ? `${JSON.stringify(blame)}\n` : blameInWords(blame, document.text),
      stderr: noteOn(file, document.state),
    };
  } finally {
    store.close();
  }
}

function blameOf(path: string, { text, spans }: ClosedDocument, store: Store, now: number): Blame {
  const readEdit = readOnce((id) => store.readEditById(id));
  const lines = linesOf(text).map((line) => {
    const [part] = partsOfLine(text, line, spans, readEdit);
    return blamedLine(line.number + 1, part, spans, now);
  });
  const known = lines.filter(({ origin }) => origin.kind !== "unknown").length;
  return { path, lines, coverage: lines.length === 0 ? 0 : rounded(known / lines.length) };
}

function blamedLine(line: number, part: LinePart | undefined, spans: Spans, now: number): BlamedLine {
  const edit = part?.edits[0];
  const { inserted, kept } = leftOf(part?.edits ?? [], spans);
  return {
    line,
    origin: part?.origin ?? { kind: "unknown" },
    evidence: edit?.strength ?? null,
    sources: edit?.strength ? [...resolveOrigin(edit, edit.evidence).sources] : [],
    editId: edit?.id ?? null,
    ageDays: edit ? Math.max(0, Math.floor((now - edit.at) / dayMs)) : null,
    retention: inserted > 0 ? rounded(kept / inserted) : null,
    share: rounded(part?.share ?? 0),
  };
}

function noteOn(file: string, state: ClosedDocument["state"]): string {
  if (state === "same" || state === "back") return "";
  if (state === "never") return `kept: Nothing is recorded of ${file}, so all of it is of unknown origin.\n`;
  const changed = `kept: The text of ${file} is not the one that was recorded last: it was changed elsewhere, or an editor holds changes that are not saved. `;
  return state === "changed"
    ? `${changed}Lines that are not found again are of unknown origin.\n`
    : `${changed}All of it is of unknown origin.\n`;
}

/** Beside each line of the text: origin, how sure, age, how much is kept. */
export function blameInWords({ lines, coverage }: Blame, text: string): string {
  const places = linesOf(text);
  const rows = lines.map((line, index) => {
    const { start, end } = places[index]!;
    const known = line.origin.kind !== "unknown";
    return [
      String(line.line),
      known ? wordsOf(line.origin) : "",
      line.evidence ?? "",
      known && line.ageDays !== null ? `${line.ageDays} d` : "",
      known && line.retention !== null ? percent(line.retention) : "",
      printable(text.slice(start, end)),
    ] as const;
  });
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const printed = rows.map(([number, origin, evidence, age, kept, code]) =>
    [
      number.padStart(widths[0]!),
      origin.padEnd(widths[1]!),
      evidence.padEnd(widths[2]!),
      age.padStart(widths[3]!),
      kept.padStart(widths[4]!),
      code,
    ]
      .join("  ")
      .trimEnd(),
  );
  const known = lines.filter(({ origin }) => origin.kind !== "unknown").length;
  const foot =
    lines.length === 0
      ? "The file is empty."
      : `Origin known for ${known.toLocaleString("en")} of ${countOf(lines.length, "line")} (${percent(coverage)}).`;
  return `${[...printed, ...(printed.length > 0 ? [""] : []), foot].join("\n")}\n`;
}

function wordsOf(origin: Origin): string {
  return printable(`${marks[origin.kind]} ${originWords(origin).join(" ")}`);
}

/** What could move the cursor or colour the terminal is a mark. */
function printable(text: string): string {
  return shownText(text.replaceAll("\t", "  "));
}

function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
