import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { variableNames } from "../../../org/env.ts";

const folder = "org/deploy";
const textOf = (name: string) => readFileSync(path.join(folder, name), "utf8");

suite("What an operator starts the service with", () => {
  test("sets variables that exist", () => {
    for (const name of ["Containerfile", "compose.yaml", "kept-org.service"]) {
      const used = textOf(name).match(/KEPT_ORG_[A-Z_]+/g) ?? [];
      assert.ok(used.length > 0, name);
      for (const variable of used)
        assert.ok(
          variableNames.some((known) => known === variable),
          variable,
        );
    }
  });

  test("is no root, has no shell and ends in the time that requests under way are given", () => {
    assert.match(textOf("Containerfile"), /^FROM gcr\.io\/distroless\/\S+:nonroot$/m);
    assert.match(textOf("kept-org.service"), /^DynamicUser=yes$/m);
    const graceSeconds = [/stop_grace_period: (\d+)s/, /TimeoutStopSec=(\d+)/].map((pattern, index) =>
      Number(pattern.exec(textOf(["compose.yaml", "kept-org.service"][index] ?? ""))?.[1]),
    );
    assert.ok(graceSeconds.every((seconds) => seconds > 10));
  });

  test("is a unit that systemd understands, where there is systemd", function () {
    const { error, status, stderr } = spawnSync("systemd-analyze", ["verify", `${folder}/kept-org.service`], {
      encoding: "utf8",
    });
    // Elsewhere the other tests read the file; the unit is of no use there.
    if (error !== undefined) return;
    assert.deepEqual(
      [
        status,
        stderr
          .split("\n")
          .filter((line) => /kept-org\.service/.test(line) && !/is not executable/.test(line)),
      ],
      [status, []],
    );
  });
});
