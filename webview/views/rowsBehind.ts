import { html } from "lit";
import type { PanelParams } from "../../protocol/panel.ts";
import type { RowBehind } from "../../protocol/rowsBehind.ts";
import type { Language } from "../language.ts";
import type { Behind } from "../memory.ts";
import { properName } from "../origins.ts";
import { fileOf } from "./fileName.ts";
import { moneyWords } from "./costParts.ts";

/** The lists that are of no edits. */
const lists = ["requests", "tasks", "ownCommits", "aiCommits", "humanCommits"] as const;
type List = (typeof lists)[number];

export function listOf({ of }: Behind): List | undefined {
  return lists.find((list) => list === of);
}

/** What rows open: of a task its edits, and a commit itself. */
interface Opening {
  readonly edits: (behind: Behind) => void;
  readonly commit: (place: PanelParams<"openCommit">) => void;
}

/** Requests, tasks or commits, one a line: what it is, how much, and when. */
export function rowsList(
  language: Language,
  rows: readonly RowBehind[],
  { list, cases }: { readonly list: List; readonly cases: Behind["cases"] },
  open: Opening,
) {
  return html`<ul class="rows" aria-label=${language.text.behind.lists[list]}>
    ${rows.map((row) => {
      const { name, detail, amount, left } = wordsOf(language, row);
      const adds = addsWords(language, row, cases);
      return html`<li class="row" tabindex="-1">
        <span class="name" dir="auto">${name}</span>
        <span class="left">${amount}</span>
        <span class="small" dir="auto">${detail}</span>
        <span class="small left">${adds === undefined ? left : `${left} · ${adds}`}</span>
        <span class="small">${language.moment(row.at)}</span>
        ${row.row === "task" && row.changes > 0 ? editsOf(language, row, open.edits) : ""}
        ${row.row === "commit" ? changesOf(language, row, open.commit) : ""}
      </li>`;
    })}
  </ul>`;
}

function editsOf(
  { text }: Language,
  { task, tool }: Extract<RowBehind, { row: "task" }>,
  open: (behind: Behind) => void,
) {
  const behind = { origin: { kind: "ai", tool }, of: "task", task, order: "newest" } as const;
  return html`<button class="link left" @click=${() => open(behind)}>${text.explained.behind}</button>`;
}

/** What a row adds to the number, in the words of its cases. */
function addsWords(
  { text, fill, percent, count, decimal }: Language,
  { adds }: RowBehind,
  cases: Behind["cases"],
): string | undefined {
  const words: Readonly<Partial<Record<string, string>>> = text.behind.adds;
  if (!adds || cases === undefined || words[cases] === undefined) return undefined;
  const { part, whole } = adds;
  return fill(words[cases], {
    ...{ part: count(part), whole: count(whole), n: decimal(part) },
    share: whole > 0 ? percent(part / whole) : text.kept.mark,
  });
}

function changesOf(
  { text, fill }: Language,
  { commit, folder }: Extract<RowBehind, { row: "commit" }>,
  open: Opening["commit"],
) {
  const label = `${text.behind.openCommit}, ${fill(text.behind.commit, { id: commit })}`;
  return html`<button class="link left" aria-label=${label} @click=${() => open({ commit, folder })}>
    ${text.behind.openCommit}
  </button>`;
}

interface Words {
  readonly name: string;
  readonly detail: string;
  readonly amount: string;
  readonly left: string;
}

function wordsOf(language: Language, row: RowBehind): Words {
  const { text, fill, plural, short, count } = language;
  const { behind } = text;
  switch (row.row) {
    case "request":
      return {
        name: properName(row.tool),
        detail: row.model ?? text.behind.noModel,
        amount: row.nanoUsd === null ? behind.unpriced : moneyWords(language, row.nanoUsd),
        left: [
          fill(behind.tokens, { n: short(row.tokens) }),
          ...(row.latencyMs === null
            ? []
            : [fill(text.scorecard.units.seconds, { n: language.decimal(row.latencyMs / 1000) })]),
        ].join(" · "),
      };
    case "task":
      return {
        name: properName(row.tool),
        detail: [...row.modes.map((mode) => text.modes[mode]), ...row.models].join(", "),
        amount: row.nanoUsd === null ? behind.unpriced : moneyWords(language, row.nanoUsd),
        left: [
          plural(text.cost.requests, row.requests),
          fill(behind.keptOf, { kept: count(row.keptChanges), of: plural(text.counts.edits, row.changes) }),
        ].join(" · "),
      };
    case "commit":
      return {
        name: fileOf(row.repository).name,
        detail: fill(behind.commit, { id: row.commit }),
        amount: fill(behind.changed, { added: count(row.added), removed: count(row.removed) }),
        left:
          row.known === 0
            ? behind.unknownLines
            : fill(behind.aiLines, { ai: count(row.ai), of: count(row.lines) }),
      };
  }
}
