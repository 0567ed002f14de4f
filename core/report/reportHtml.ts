import { countOf } from "../countOf.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { TipRecord } from "../../protocol/coaching.ts";
import { proposedUnseen } from "../../protocol/funnel.ts";
import type { Summary } from "../../protocol/summary.ts";
import { measureSummary } from "../metrics/measureSummary.ts";
import type { Measured } from "../metrics/measure.ts";
import { fateLines } from "../fate/fateWords.ts";
import { beforeLines } from "../history/beforeWords.ts";
import { inputs } from "../metrics/metric.ts";
import { toolsSayLines } from "../tools/toolsSayWords.ts";
import { metrics } from "../metrics/metrics.ts";
import { originKey } from "../origin/originKey.ts";
import { overwriteCells, overwriteHead, overwriteTitle } from "./overwriteWords.ts";
import { aheadWords, costOfWeeksLines, latencyLines } from "./requestLines.ts";
import {
  coverageText,
  editsText,
  moreWords,
  nowWords,
  shareWords,
  targetWords,
  tipsSaid,
  tipWords,
  trendWords,
  verdictWords,
  wayLines,
} from "./reportWords.ts";
import { toolTypeCells, toolTypesHead, toolTypesTitle } from "./toolTypeWords.ts";
import { shownText } from "./shownText.ts";

/** The report as one page that needs nothing else: no script, no picture, nothing from anywhere. */
export function reportHtml(summary: Summary, tips: readonly TipRecord[]): string {
  const { from, to, synthetic, funnel, origins, overwrites } = summary;
  const byType = summary.toolUse?.byType ?? [];
  const ahead = aheadWords(summary);
  const title = `Kept, ${from} to ${to}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${synthetic ? "<p><strong>Demonstration: this history is made up.</strong></p>" : ""}
<dl>
${fact("Kept of what AI wrote", shareWords(summary.keptAi))}
${fact("Kept of what was typed", shareWords(summary.keptHuman))}
${fact("Edits", editsText(summary))}
${fact("Origin known", coverageText(summary))}
${ahead === undefined ? "" : fact("Dated later than today", ahead)}
</dl>
${scorecard(measureSummary(summary))}
${tipsPart(tipsSaid(tips, from))}
${funnel.edits === 0 ? "" : listPart(`Of ${countOf(funnel.edits, "AI edit")}`, [proposedUnseen, ...wayLines(funnel.way)])}
${
  origins.length === 0
    ? ""
    : table(
        "Where it came from",
        ["origin", "edits", "inserted", "kept", "share"],
        origins.map(({ origin, edits, insertedChars, keptChars, kept }) => [
          escaped(originKey(origin)),
          String(edits),
          String(insertedChars),
          String(keptChars),
          keptCell(kept),
        ]),
      )
}
${sectionOf(costOfWeeksLines(summary.requests))}
${sectionOf(latencyLines(summary.requests))}
${sectionOf(fateLines(summary.fates))}
${sectionOf(beforeLines(summary.before))}
${sectionOf(toolsSayLines(summary.toolsSay))}
${
  overwrites.length === 0
    ? ""
    : table(
        overwriteTitle,
        overwriteHead,
        overwrites.map((row) => overwriteCells(row).map(escaped)),
      )
}
${
  byType.length === 0
    ? ""
    : table(
        toolTypesTitle,
        toolTypesHead,
        byType.map((row) => toolTypeCells(row).map(escaped)),
      )
}
</main>
</body>
</html>
`;
}

function scorecard(measured: readonly Measured[]): string {
  const byId = new Map(measured.map((each) => [each.id, each]));
  const parts = [...new Set(metrics.map(({ dimension }) => dimension))].map((dimension) => {
    const rows = metrics
      .filter((metric) => metric.dimension === dimension && inputs[metric.input].atHand)
      .map((metric) => {
        const each = byId.get(metric.id)!;
        const verdict = each.verdict === null ? "" : `${marks[each.verdict]} ${verdictWords[each.verdict]}`;
        return [
          `<span title="${escaped(metric.definition)}">${escaped(`${metric.id} ${metric.name}`)}</span>`,
          escaped(nowWords(each)) + (metric.unit === "share" ? line(each.value, each.low, each.high) : ""),
          escaped(targetWords(each)),
          escaped(`${verdict}${moreWords(each)}`),
          escaped(trendWords(each)),
        ];
      });
    const name = `${dimension[0]!.toUpperCase()}${dimension.slice(1)}`;
    return rows.length === 0 ? "" : table(name, ["metric", "now", "target", "verdict", "trend"], rows);
  });
  const waiting = metrics.filter(({ input }) => !inputs[input].atHand).length;
  return `${parts.join("")}<p class="small">${waiting} more metrics are declared and wait for their input.</p>`;
}

/** What reports say in lines: the first that is not empty is the heading of the rest. */
function sectionOf(lines: readonly string[]): string {
  const said = lines.filter((line) => line !== "" && !/^[|\s:-]+$/.test(line));
  const [heading, ...rest] = said;
  if (heading === undefined) return "";
  const isRow = (line: string) => line.startsWith("|");
  const [head, ...rows] = rest.filter(isRow).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => escaped(cell.trim())),
  );
  const items = rest.filter((line) => !isRow(line)).map((line) => line.replace(/^- /, ""));
  const name = heading.replace(/[:*]+$/, "");
  if (!head) return listPart(name, items);
  return `${table(name, head, rows)}${items.map((item) => `<p class="small">${escaped(item)}</p>`).join("")}`;
}

const marks = { meets: "●", misses: "▲", notEnoughData: "◌" } as const;

function tipsPart(tips: readonly TipRecord[]): string {
  return tips.length === 0 ? "" : listPart("Tips", tips.map(tipWords));
}

function keptCell(share: MeasuredShare): string {
  return escaped(shareWords(share)) + line(share.value, share.low, share.high);
}

const lineWidth = 120;

/** A share as a dot on its whisker, from 0 to 1. The words before it say the same. */
function line(value: number | null, low: number | null, high: number | null): string {
  if (value === null || low === null || high === null) return "";
  const at = (share: number) => (4 + Math.min(1, Math.max(0, share)) * (lineWidth - 8)).toFixed(1);
  return (
    `<svg width="${lineWidth}" height="10" aria-hidden="true"><path class="axis" d="M4 5H${lineWidth - 4}"/>` +
    `<path class="whisker" d="M${at(low)} 5H${at(high)}"/><circle cx="${at(value)}" cy="5" r="4"/></svg>`
  );
}

function fact(name: string, words: string): string {
  return `<dt>${escaped(name)}</dt><dd>${escaped(words)}</dd>`;
}

function listPart(name: string, lines: readonly string[]): string {
  return `<h2>${escaped(name)}</h2><ul>${lines.map((each) => `<li>${escaped(each)}</li>`).join("")}</ul>`;
}

/** Cells are written as they are: whoever makes them escapes. */
function table(name: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) =>
    row.map((cell, index) => (index === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`)).join("");
  return `<h2>${escaped(name)}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(name)}"><table>
<thead><tr>${head.map((each) => `<th scope="col">${escaped(each)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}
</tbody></table></div>
`;
}

/** Names are somebody else's text: they are shown, never run. */
function escaped(text: string): string {
  return shownText(text).replace(
    /[&<>"']/g,
    (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[character]!,
  );
}

const style = `
:root{color-scheme:light dark;--text:#1f1f1f;--small:#5a5a5a;--line:#d8d8d8;--page:#fff;--blue:#0a58ca}
@media (prefers-color-scheme:dark){:root{--text:#e3e3e3;--small:#a8a8a8;--line:#444;--page:#1e1e1e;--blue:#6cb2ff}}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif}
main{max-width:1000px;margin:0 auto;padding:24px 16px}
h1{font-weight:400}h2{margin:28px 0 4px;font-size:1.1em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px}dd{margin:0}
.scroll{overflow-x:auto}table{width:100%;border-collapse:collapse}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--line);text-align:start;vertical-align:top;font-weight:400}
thead th,.small{color:var(--small);font-size:.9em}tbody th{overflow-wrap:anywhere}
svg{display:block}.axis{stroke:var(--line);stroke-width:2}.whisker{stroke:var(--text);stroke-width:2}circle{fill:var(--blue)}
@media print{body{font-size:11px}}
`;
