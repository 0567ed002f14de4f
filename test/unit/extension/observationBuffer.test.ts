import assert from "node:assert/strict";
import { mostObservations, ObservationBuffer } from "../../../extension/observationBuffer.ts";
import type { Observation } from "../../../protocol/observation.ts";

const observation: Omit<Observation, "sequence"> = {
  uri: "file:///a.ts",
  languageId: "typescript",
  session: 1,
  version: 2,
  at: 0,
  utcOffsetMinutes: 0,
  changes: [{ offset: 0, deletedLength: 0, insertedLength: 1 }],
  reloaded: false,
  focused: true,
  active: true,
  carets: 1,
  pending: [],
};

function filled(count: number): ObservationBuffer {
  const buffer = new ObservationBuffer();
  for (let added = 0; added < count; added++) buffer.add(observation);
  return buffer;
}

const sequences = (observations: readonly Observation[]) => observations.map(({ sequence }) => sequence);

suite("The buffer of observations", () => {
  test("numbers them and hands each to one server once", () => {
    const buffer = filled(2);
    assert.deepEqual(sequences(buffer.takeUnsent()), [1, 2]);
    buffer.add(observation);
    assert.deepEqual(sequences(buffer.takeUnsent()), [3]);
    assert.deepEqual(buffer.takeUnsent(), []);
  });

  test("hands a new server all that was not acknowledged", () => {
    const buffer = filled(4);
    buffer.takeUnsent();
    buffer.acknowledge(2);
    buffer.sendAllAgain();
    assert.deepEqual(sequences(buffer.takeUnsent()), [3, 4]);
  });

  test("goes on with what is new after an acknowledgement", () => {
    const buffer = filled(3);
    buffer.takeUnsent();
    buffer.acknowledge(3);
    buffer.add(observation);
    assert.deepEqual(sequences(buffer.takeUnsent()), [4]);
  });

  test("drops the oldest past its limit, and counts them once", () => {
    const buffer = filled(mostObservations + 2);
    assert.equal(buffer.takeDropped(), 2);
    assert.equal(buffer.takeDropped(), 0);
    assert.deepEqual(sequences(buffer.takeUnsent()).slice(0, 1), [3]);
  });

  test("sends nothing twice when the oldest are dropped after they were sent", () => {
    const buffer = filled(mostObservations);
    buffer.takeUnsent();
    buffer.add(observation);
    assert.deepEqual(sequences(buffer.takeUnsent()), [mostObservations + 1]);
  });
});
