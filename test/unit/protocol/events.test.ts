import assert from "node:assert/strict";
import { recorded } from "../../../protocol/events.ts";
import { exportColumns } from "../../../protocol/export.ts";
import { fields } from "../../../protocol/field.ts";

suite("The data catalogue", () => {
  const described = recorded.flatMap(({ title, schema }) =>
    Object.entries(schema.shape).map(([name, field]) => ({
      name: `${title}.${name}`,
      about: fields.get(field as never),
    })),
  );

  test("says of every recorded field what it means, how sensitive it is and how long it is kept", () => {
    assert.deepEqual(
      described.filter(({ about }) => about === undefined).map(({ name }) => name),
      [],
    );
  });

  test("gives no field the meaning of another", () => {
    const meanings = described.map(({ name, about }) => [about?.meaning, name] as const);
    const first = new Map<string | undefined, string>();
    const shared = meanings.filter(([meaning, name]) => {
      if (first.has(meaning)) return true;
      first.set(meaning, name);
      return false;
    });
    assert.deepEqual(shared, []);
  });

  const tokens = ["input", "output", "cacheRead", "cacheWrite", "reasoning"];
  /** Fields that stand in an export in parts, or that say nothing of what was recorded. */
  const otherwise: Record<string, readonly string[]> = {
    "Spans.version": ["window", "session", "version"],
    "Day.origin": ["kind", "tool", "model", "mode"],
    "Day.chars": ["insertedChars", "deletedChars", "keptChars"],
    "Funnel.seen": ["stage", "outcome"],
    "Funnel.recordAt": ["stage", "outcome"],
    // As counts they are rows of a thing of their own.
    "Funnel.sums": [],
    "Retention.sums": ["samples", "arc", "judged", "reverted", "noRevert", "fourGrams", "fourGram", "apart"],
    "Day of overwrites.origin": ["kind", "tool", "model", "mode", "ofKind", "ofTool", "ofModel", "ofMode"],
    "Day of overwrites.sums": ["edits", "chars"],
    "Commit.lines": ["firstLine", "lastLine", "editId"],
    "Commit.origin": ["kind", "tool", "model", "mode"],
    "Request.tokens": tokens,
    "Request.cost": ["costNano"],
    "Task.time": ["beganAt", "endedAt", "day"],
    // It is exported as what it makes of the type.
    "Task.committedType": ["type"],
    "Task.tokens": tokens,
    "Task.cost": ["costNano", "unpriced"],
    "Task.tried": ["failed", "rejected", "files", "lines"],
    "Edit of a task.lines": ["linesAdded", "linesDeleted"],
    "Day of requests.origin": ["tool", "model", "mode"],
    "Day of requests.tokens": tokens,
    "Day of requests.cost": ["costNano", "unpriced"],
    "Figure of a tool.measure": ["measure", "detail"],
    "Figure of a tool.sums": ["count", "total"],
    "Heard.counts": ["taken", "notUnderstood"],
    "Upkeep.lease": [],
    "Upkeep.mark": [],
    "Upkeep.note": ["name", "text"],
    "Upkeep.deviceKey": [],
  };

  test("is exported, field by field", () => {
    const missing = recorded.flatMap(({ title, exportedAs, schema }) =>
      Object.keys(schema.shape).filter((name) => {
        const columns: readonly string[] = exportedAs ? exportColumns[exportedAs] : [];
        const needed = otherwise[`${title}.${name}`] ?? [name];
        return exportedAs !== null && !needed.every((column) => columns.includes(column));
      }),
    );
    assert.deepEqual(missing, []);
  });
});
