import assert from "node:assert/strict";
import { World } from "../../../support/matching/world.ts";

interface Count {
  right: number;
  all: number;
}

/**
 * Made days at work with a known truth for each letter. Signs and spaces are left out: where a line takes the place of
 * another, those that both have may as well have stayed.
 */
suite("A labelled corpus", () => {
  test("is attributed with a precision of at least 0.99, and as much of it as the records allow", function () {
    this.timeout(120_000);
    const claimed = new Map<string, Count>();
    const written = new Map<string, Count>();
    const known: Count = { right: 0, all: 0 };
    const add = (counts: Map<string, Count>, name: string, isRight: boolean) => {
      const count = counts.get(name) ?? { right: 0, all: 0 };
      count.all++;
      if (isRight) count.right++;
      counts.set(name, count);
    };
    for (let seed = 1; seed <= 30; seed++) {
      const world = new World(seed);
      world.live(150);
      for (const file of world.files) {
        const attributed = world.attributed(file);
        assert.equal(attributed.length, file.text.length, `seed ${seed}`);
        file.truth.forEach((truth, index) => {
          if (!/[a-z]/.test(file.text[index]!)) return;
          const { kind, tool, source } = attributed[index]!;
          const said = kind === "ai" ? (tool ?? "ai") : kind;
          const isRight = said === truth || (said === "ai" && (truth === "claude-code" || truth === "codex"));
          if (kind === "ai") add(claimed, `${said} by ${source}`, isRight);
          if (truth !== "before" && truth !== "tooling") add(written, truth, said === truth);
          if (truth === "claude-code" || truth === "codex")
            for (const way of ["hook", "log"])
              add(written, `${truth} by ${way}`, said === truth && source === way);
          if (truth === "before") return;
          known.all++;
          if (kind !== "unknown" && kind !== "external") known.right++;
        });
      }
    }
    const share = ({ right, all }: Count) => (right / all).toFixed(4);
    for (const [name, count] of [...claimed].sort())
      console.log(`precision of ${name}: ${share(count)} of ${count.all} characters`);
    for (const [name, count] of [...written].sort())
      console.log(`recall of ${name}: ${share(count)} of ${count.all} characters`);
    console.log(`coverage: ${share(known)} of ${known.all} characters`);
    for (const [name, count] of claimed)
      assert.ok(count.right / count.all >= 0.99, `${name}: ${share(count)}`);
    for (const tool of ["claude-code", "codex"])
      assert.ok(written.get(tool)!.right / written.get(tool)!.all > 0.7);
  });
});
