import { countOf } from "../countOf.ts";
import type { Description } from "./description.ts";
import { shownText } from "./shownText.ts";
import { titleOfTool } from "../tools/toolTitle.ts";

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
  const { reworkedUntil } = given;
  const range = from === null ? `up to \`${short(to)}\`` : `\`${short(from)}\` to \`${short(to)}\``;
  const share = (count: number) => (lines === 0 ? "–" : `${((100 * count) / lines).toFixed(1)} %`);
  const row = (name: string, model: string, count: number, more: readonly string[]) =>
    `| ${cell(name)} | ${cell(model)} | ${numberOf(count)} | ${share(count)} | ${more.join(" | ")} |`;
  const none = ["", "", "", "", ""];
  return [
    `## AI in these changes`,
    "",
    `${countOf(commits, "commit")}, ${range}: ${countOf(lines, "line was", "lines were")} added, ${numberOf(testLines)} of them in tests.`,
    "",
    `| by | model | lines | share | ${reworkedUntil === to ? "reworked within" : "reworked since"} | by hand | in tests | tests beside | unread |`,
    "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ...byModel.map((model) =>
      row(
        model.tool === null ? "AI, tool unknown" : titleOfTool(model.tool),
        model.model ?? "unknown",
        model.lines,
        [
          numberOf(model.reworked),
          numberOf(model.reworkedByHand),
          numberOf(model.testLines),
          `${numberOf(model.besideTests)} of ${numberOf(model.sourceLines)}`,
          model.unread === null ? "unknown" : `${numberOf(model.unread)} of ${numberOf(model.readKnown)}`,
        ],
      ),
    ),
    row("people", "", humanLines, none),
    row("unknown", "", unknownLines, none),
    "",
    "*By hand*: where the later commit brought a person's lines to that file, and none of AI. *Tests beside*: lines of source",
    "whose commit changed a test. *Unread*: lines that were never on screen in the editor that recorded them.",
    "",
    "Lines count as AI's where a tool, the editor, a note or the person says so, and nothing is guessed: lines of which",
    "nobody says whose they are stay unknown.",
    `What was reworked is known up to \`${short(reworkedUntil)}\`.`,
    ...(linesSetApart > 0
      ? [`Left out: ${countOf(linesSetApart, "line")} of generated, vendored and lock files.`]
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

/** The columns of numbers of a model, in the order in which they are written. */
const counted = [
  "lines",
  "reworked",
  "reworkedByHand",
  "testLines",
  "sourceLines",
  "besideTests",
  "unread",
  "readKnown",
] as const;

function asCsv({ byModel, humanLines, unknownLines, linesSetApart }: Description): string {
  const only = (by: string, lines: number) => [by, "", "", String(lines), ...counted.slice(1).map(() => "")];
  const rows = [
    ["by", "tool", "model", ...counted],
    ...byModel.map((model) => [
      ...["ai", model.tool ?? "", model.model ?? ""],
      ...counted.map((column) => String(model[column] ?? "")),
    ]),
    only("human", humanLines),
    only("unknown", unknownLines),
    only("setApart", linesSetApart),
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
    components: byModel.map((model) => ({
      type: "machine-learning-model",
      name: model.model ?? "unknown",
      "bom-ref": `${model.tool ?? "unknown"}/${model.model ?? "unknown"}`,
      properties: [
        property("tool", model.tool ?? "unknown"),
        ...counted.map((column) => property(column, model[column] ?? "unknown")),
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
  return shownText(name).replace(/[|\\`*_<>[\]]/g, "\\$&");
}

function plain(name: string): string {
  return shownText(name).replace(/[\ufffd\s<>[\]:]+/gu, "-");
}

/** A cell that begins as a formula does would be one where it is opened. */
function quoted(value: string): string {
  const shown = shownText(value);
  const safe = /^[\s\ufffd]*[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
