import type { Origin } from "../protocol/origin.ts";
import { titleOfTool } from "./toolTitle.ts";

/** What AI did in a range of commits, counted in the lines that they brought. */
export interface Description {
  readonly from: string | null;
  readonly to: string;
  readonly commits: number;
  readonly lines: number;
  /** By tool and model, the most first. */
  readonly byModel: readonly ModelLines[];
  readonly humanLines: number;
  /** Lines of which nobody says whose they are. They are no person's and no tool's. */
  readonly unknownLines: number;
  /** Lines in files of tests. */
  readonly testLines: number;
  /** Lines of files that nobody writes by hand, which are in none of the others. */
  readonly linesSetApart: number;
}

export interface ModelLines {
  /** Null where it is only known that it was AI. */
  readonly tool: string | null;
  readonly model: string | null;
  readonly lines: number;
  /** Of these, those that a later commit of the range changed or took away. */
  readonly reworked: number;
  readonly testLines: number;
}

/** Lines that a commit of the range brought. */
export interface DescribedRun {
  readonly origin: Origin;
  readonly count: number;
  readonly path: string;
  readonly isReworked: boolean;
  readonly isSetApart: boolean;
}

/** Adds lines up. */
export class DescribedLines {
  readonly #byModel = new Map<string, { -readonly [Part in keyof ModelLines]: ModelLines[Part] }>();
  #lines = 0;
  #human = 0;
  #unknown = 0;
  #tests = 0;
  #setApart = 0;

  add({ origin, count, path, isReworked, isSetApart }: DescribedRun): void {
    if (isSetApart) {
      this.#setApart += count;
      return;
    }
    const isTest = isTestPath(path);
    this.#lines += count;
    if (isTest) this.#tests += count;
    if (origin.kind !== "ai") {
      // A formatter's lines are as little a person's as those of which nobody knows.
      if (origin.kind === "human") this.#human += count;
      else this.#unknown += count;
      return;
    }
    const { tool = null, model = null } = origin;
    const key = JSON.stringify([tool, model]);
    const sums = this.#byModel.get(key) ?? { tool, model, lines: 0, reworked: 0, testLines: 0 };
    this.#byModel.set(key, sums);
    sums.lines += count;
    if (isReworked) sums.reworked += count;
    if (isTest) sums.testLines += count;
  }

  describe(range: Pick<Description, "from" | "to" | "commits">): Description {
    return {
      ...range,
      lines: this.#lines,
      byModel: [...this.#byModel.values()].sort((one, other) => other.lines - one.lines),
      humanLines: this.#human,
      unknownLines: this.#unknown,
      testLines: this.#tests,
      linesSetApart: this.#setApart,
    };
  }
}

/** Whether a path is where tests are kept, by what most call them. */
function isTestPath(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|specs?|__tests__|e2e)\//i.test(path) ||
    /(?:[._-](?:test|spec)s?\.[a-z]+|_test\.go|Tests?\.(?:java|kt|cs))$/i.test(path)
  );
}

export const descriptionFormats = ["markdown", "trailers", "csv", "cyclonedx", "json"] as const;
export type DescriptionFormat = (typeof descriptionFormats)[number];

export function writeDescription(given: Description, format: DescriptionFormat): string {
  switch (format) {
    case "markdown":
      return asMarkdown(given);
    case "trailers":
      return asTrailers(given);
    case "csv":
      return asCsv(given);
    case "cyclonedx":
      return asCycloneDx(given);
    case "json":
      return `${JSON.stringify(given)}\n`;
  }
}

function asMarkdown(given: Description): string {
  const { from, to, commits, lines, byModel, humanLines, unknownLines, testLines, linesSetApart } = given;
  const range = from === null ? `up to \`${short(to)}\`` : `\`${short(from)}\` to \`${short(to)}\``;
  const share = (count: number) => (lines === 0 ? "–" : `${((100 * count) / lines).toFixed(1)} %`);
  const row = (name: string, model: string, count: number, more: readonly string[]) =>
    `| ${cell(name)} | ${cell(model)} | ${numberOf(count)} | ${share(count)} | ${more.join(" | ")} |`;
  return [
    `## AI in these changes`,
    "",
    `${numberOf(commits)} commits, ${range}: ${numberOf(lines)} lines were added, ${numberOf(testLines)} of them in tests.`,
    "",
    "| by | model | lines | share | reworked since | in tests |",
    "|---|---|--:|--:|--:|--:|",
    ...byModel.map(({ tool, model, lines: count, reworked, testLines: tests }) =>
      row(tool === null ? "AI, tool unknown" : titleOfTool(tool), model ?? "unknown", count, [
        numberOf(reworked),
        numberOf(tests),
      ]),
    ),
    row("people", "", humanLines, ["", ""]),
    row("unknown", "", unknownLines, ["", ""]),
    "",
    "Lines count as AI's where a tool, the editor, a note or the person says so, and nothing is guessed: lines of which",
    "nobody says whose they are stay unknown.",
    ...(linesSetApart > 0
      ? [`Left out are ${numberOf(linesSetApart)} lines of generated, vendored and lock files.`]
      : []),
    "",
  ].join("\n");
}

/** To be put at the end of a message, where the person wants that. */
function asTrailers({ byModel }: Description): string {
  return byModel
    .flatMap(({ tool, model }) =>
      tool === null ? [] : [`Assisted-by: ${plain(tool)}${model === null ? "" : `:${plain(model)}`}\n`],
    )
    .join("");
}

function asCsv({ byModel, humanLines, unknownLines, linesSetApart }: Description): string {
  const rows = [
    ["by", "tool", "model", "lines", "reworked", "testLines"],
    ...byModel.map(({ tool, model, lines, reworked, testLines }) => [
      ...["ai", tool ?? "", model ?? ""],
      ...[lines, reworked, testLines].map(String),
    ]),
    ["human", "", "", String(humanLines), "", ""],
    ["unknown", "", "", String(unknownLines), "", ""],
    ["setApart", "", "", String(linesSetApart), "", ""],
  ];
  return `${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}

function asCycloneDx({ to, byModel, lines, humanLines, unknownLines }: Description): string {
  const property = (name: string, value: string | number) => ({ name: `kept:${name}`, value: String(value) });
  const bom = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "application", name: "changes", version: to, "bom-ref": to },
      properties: [
        property("lines", lines),
        property("humanLines", humanLines),
        property("unknownLines", unknownLines),
      ],
    },
    components: byModel.map(({ tool, model, lines: count, reworked, testLines }) => ({
      type: "machine-learning-model",
      name: model ?? "unknown",
      "bom-ref": `${tool ?? "unknown"}/${model ?? "unknown"}`,
      properties: [
        property("tool", tool ?? "unknown"),
        property("lines", count),
        property("reworkedLines", reworked),
        property("testLines", testLines),
      ],
    })),
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function numberOf(count: number): string {
  return count.toLocaleString("en");
}

function short(commit: string): string {
  return commit.slice(0, 12);
}

/** Names come from notes that anybody may have written. */
function cell(name: string): string {
  return name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").replace(/[|\\`*_<>[\]]/g, "\\$&");
}

function plain(name: string): string {
  return name.replace(/[\p{Cc}\p{Zl}\p{Zp}\s<>[\]:]+/gu, "-");
}

/** A cell that begins as a formula does would be one where it is opened. */
function quoted(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
