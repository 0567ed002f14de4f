import assert from "node:assert/strict";
import { reportMarkdown, reportOf } from "../../../core/report/report.ts";
import { reportHtml } from "../../../core/report/reportHtml.ts";
import { overwriteCells } from "../../../core/report/overwriteWords.ts";
import { toolTypeCells } from "../../../core/report/toolTypeWords.ts";
import type { Question, Summary } from "../../../protocol/summary.ts";
import { readEditsBehind } from "../../../server/numbers/editsBehind.ts";
import { readSummary } from "../../../server/numbers/readSummary.ts";
import { makeLanguage } from "../../../webview/language.ts";
import { ToolDefinitions } from "../../../webview/parts/toolDefinitions.ts";
import { english } from "../../../webview/strings.ts";
import { openDemonstration, type Demonstration } from "../../support/demonstration.ts";

const now = Date.UTC(2026, 10, 20, 16);
const language = makeLanguage("en", english);
const question: Question = { days: 30, scope: "all" };
const range = { from: "2026-10-22", to: "2026-11-20", workspaces: undefined };

suite("The panel, the report and the store, of tools", () => {
  let demonstration: Demonstration;
  let summary: Summary;

  suiteSetup(async function () {
    this.timeout(90_000);
    demonstration = openDemonstration(now);
    const { store, host, fates } = demonstration;
    summary = await readSummary(store, host, question, undefined, { isCompared: true, fates });
  });
  suiteTeardown(() => demonstration.close());

  test("give the same of whose text was taken out, which is what is on record by pairs of edits", () => {
    const { store, host } = demonstration;
    const pairs = new Map<string, number>();
    for (const { row } of store.readAll("overwrite", { after: 0, limit: 1e6, from: range.from })) {
      const [by, of] = [row["editId"], row["ofEditId"]].map((id) => store.readEditById(String(id))!.origin);
      if (by!.kind !== "ai" && of!.kind !== "ai") continue;
      const key = [by, of].map((maker) => maker!.tool ?? maker!.kind).join(" over ");
      pairs.set(key, (pairs.get(key) ?? 0) + Number(row["chars"]));
    }
    const shown = summary.overwrites.map(({ by, of, chars }): [string, number] => [
      [by, of].map((maker) => (maker.kind === "ai" && maker.tool) || maker.kind).join(" over "),
      chars,
    ]);
    assert.ok(shown.length >= 4, String(shown.length));
    assert.deepEqual(shown.sort(), [...pairs].sort());
    assert.deepEqual(reportOf(summary).overwrites, summary.overwrites);
    const [markdown, page] = [reportMarkdown(summary), reportHtml(summary, [])];
    for (const row of summary.overwrites) {
      const cells = overwriteCells(row);
      assert.ok(markdown.includes(`| ${cells.join(" | ")} |`), cells.join());
      assert.ok(
        page.includes(`<th scope="row">${cells[0]}</th><td>${cells.slice(1).join("</td><td>")}</td>`),
      );
    }
    const first = summary.overwrites.find(({ by, of }) => by.kind === "ai" && of.kind === "ai")!;
    const { edits } = readEditsBehind(
      store,
      host,
      { question, origin: first.by, of: "overwrite", overwritten: first.of, order: "newest" },
      undefined,
    );
    assert.ok(edits.length > 0 && edits.length <= first.edits, `${edits.length} of ${first.edits}`);
  });

  test("give the same of tool, model, mode and kind of task, which is what the store has of each task", () => {
    const { store, host } = demonstration;
    const inStore = new Map<string, { tasks: number; changes: number; kept: number }>();
    for (const { row } of store.readAll("task", { after: 0, limit: 1e6, from: range.from })) {
      if (row["changes"] === 0) continue;
      const [models, modes] = [row["models"], row["modes"]].map(
        (text) => JSON.parse(String(text)) as string[],
      );
      const model = models!.length === 1 ? models![0] : null;
      const mode = modes!.length > 1 ? "several" : (modes![0] ?? null);
      const key = JSON.stringify([row["tool"], model, mode, row["type"]]);
      const known = inStore.get(key) ?? { tasks: 0, changes: 0, kept: 0 };
      inStore.set(key, {
        tasks: known.tasks + 1,
        changes: known.changes + Number(row["changes"]),
        kept: known.kept + Number(row["keptChanges"]),
      });
    }
    const shown = summary.toolUse!.byType;
    assert.equal(shown.length, inStore.size);
    for (const { tool, model, mode, type, kept, changes } of shown) {
      const known = inStore.get(JSON.stringify([tool, model, mode, type]))!;
      assert.deepEqual([kept.n, changes], [known.tasks, known.changes]);
      assert.ok(Math.abs(kept.value! - known.kept / known.changes) < 1e-9);
      assert.equal(kept.low === null, known.tasks < 20, `${tool} ${type}: ${known.tasks} tasks`);
    }
    assert.ok(new Set(shown.map(({ mode }) => mode)).size >= 3, "several modes");
    assert.ok(shown.filter(({ kept }) => kept.low !== null).length >= 4, "cells with enough tasks");
    assert.deepEqual(reportOf(summary).toolTypes, shown);
    const [markdown, page] = [reportMarkdown(summary), reportHtml(summary, [])];
    for (const row of shown) {
      const cells = toolTypeCells(row);
      assert.ok(markdown.includes(`| ${cells.join(" | ")} |`), cells.join());
      const [first, ...rest] = cells.map(escaped);
      assert.ok(page.includes(`<th scope="row">${first}</th><td>${rest.join("</td><td>")}</td>`), first);
    }
    const definitions = new ToolDefinitions(language, summary);
    const one = shown.find(({ model, mode }) => model !== null && mode !== null && mode !== "several")!;
    const behind = definitions.type(one, "").behind!;
    const { edits } = readEditsBehind(store, host, { question, ...behind }, undefined);
    assert.ok(edits.length > 0);
    const { tool, model, mode } = one;
    for (const { id } of edits)
      assert.deepEqual(
        { ...store.readEditById(id)!.origin, tool, model, mode },
        store.readEditById(id)!.origin,
      );
  });
});

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("'", "&#39;");
}
