import assert from "node:assert/strict";
import fc from "fast-check";
import { replay } from "../../../../core/replay/replay.ts";
import { naiveReplay } from "../naiveModel.ts";
import { anyRecording, seed, sequences } from "../randomEdits.ts";

suite("A replay of any recording", function () {
  this.timeout(0);

  test(`agrees with one owner per character (${sequences} sequences, KEPT_SEED=${seed})`, () => {
    fc.assert(
      fc.property(anyRecording, (recording) => {
        const answer = replay(recording);
        const edits = answer.edits.map(({ id, insertedChars, samples }) => ({
          id,
          insertedChars,
          arcs: samples.map(({ arc }) => arc),
        }));
        assert.deepEqual({ final: answer.final, edits, origins: answer.origins }, naiveReplay(recording));
      }),
      { numRuns: sequences, seed },
    );
  });
});
