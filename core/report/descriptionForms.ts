import { countOf } from "../countOf.ts";
import type { Description, ModelLines } from "./description.ts";
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
  const { from, to, commits, lines, byModel, saidByCommit, humanLines, unknownLines } = given;
  const { reworkedUntil, testLines, linesSetApart } = given;
  const range = from === null ? `up to \`${short(to)}\`` : `\`${short(from)}\` to \`${short(to)}\``;
  const share = (count: number) => (lines === 0 ? "–" : `${((100 * count) / lines).toFixed(1)} %`);
  const row = (name: string, model: string, count: number, more: readonly string[]) =>
    `| ${cell(name)} | ${cell(model)} | ${numberOf(count)} | ${share(count)} | ${more.join(" | ")} |`;
  const none = ["", "", "", "", ""];
  const ofModel = (model: ModelLines, name: string) =>
    row(name, model.model ?? "unknown", model.lines, [
      numberOf(model.reworked),
      numberOf(model.reworkedByHand),
      numberOf(model.testLines),
      `${numberOf(model.besideTests)} of ${numberOf(model.sourceLines)}`,
      model.unread === null ? "unknown" : `${numberOf(model.unread)} of ${numberOf(model.readKnown)}`,
    ]);
  return [
    `## AI in these changes`,
    "",
    `${countOf(commits, "commit")}, ${range}: ${countOf(lines, "line was", "lines were")} added, ${numberOf(testLines)} of them in tests.`,
    "",
    `| by | model | lines | share | ${reworkedUntil === to ? "reworked within" : "reworked since"} | by hand | in tests | tests beside | unread |`,
    "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ...byModel.map((model) => ofModel(model, titleIn(model))),
    ...saidByCommit.map((model) =>
      ofModel(model, `said by the commit's trailer or author: ${titleIn(model)}`),
    ),
    row("people", "", humanLines, none),
    row("unknown", "", unknownLines, none),
    "",
    "*By hand*: where the later commit brought a person's lines to that file, and none of AI. *Tests beside*: lines of source",
    "whose commit changed a test. *Unread*: lines that were never on screen in the editor that recorded them.",
    "",
    "Lines count as AI's where a tool, the editor, a note or the person says so, and nothing is guessed: lines of which",
    "nobody says whose they are stay unknown.",
    ...(saidByCommit.length > 0 ? ["", ...whatCommitsSay] : []),
    `What was reworked is known up to \`${short(reworkedUntil)}\`.`,
    ...(linesSetApart > 0
      ? [`Left out: ${countOf(linesSetApart, "line")} of generated, vendored and lock files.`]
      : []),
    "",
  ].join("\n");
}

const whatCommitsSay = [
  "*Said by the commit's trailer or author*: nobody tells of the single lines, so that row has all that these commits brought,",
  "a person's lines with it. It is no count of what AI wrote, and in none of the rows above it.",
];

function titleIn({ tool }: ModelLines): string {
  return tool === null ? "AI, tool unknown" : titleOfTool(tool);
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

function asCsv({ byModel, saidByCommit, humanLines, unknownLines, linesSetApart }: Description): string {
  const ofModel = (by: string) => (model: ModelLines) => [
    ...[by, model.tool ?? "", model.model ?? ""],
    ...counted.map((column) => String(model[column] ?? "")),
  ];
  const only = (by: string, lines: number) => [by, "", "", String(lines), ...counted.slice(1).map(() => "")];
  const rows = [
    ["by", "tool", "model", ...counted],
    ...byModel.map(ofModel("ai")),
    ...saidByCommit.map(ofModel("saidByCommit")),
    only("human", humanLines),
    only("unknown", unknownLines),
    only("setApart", linesSetApart),
  ];
  return `${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}

function asCycloneDx(given: Description): string {
  const { to, byModel, saidByCommit, lines, humanLines, unknownLines } = given;
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
        ...saidByCommit.map((model) => property(`saidByCommit:${named(model)}`, model.lines)),
      ],
    },
    components: byModel.map((model) => ({
      type: "machine-learning-model",
      name: model.model ?? "unknown",
      "bom-ref": named(model),
      properties: [
        property("tool", model.tool ?? "unknown"),
        ...counted.map((column) => property(column, model[column] ?? "unknown")),
      ],
    })),
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function named({ tool, model }: ModelLines): string {
  return `${tool ?? "unknown"}/${model ?? "unknown"}`;
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
