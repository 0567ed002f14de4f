import { fuzzBatches } from "../support/fuzz/fuzzBatches.ts";

const minutes = Number(process.env["KEPT_FUZZ_MINUTES"] ?? 30);
const seed = Number(process.env["KEPT_SEED"] ?? Date.now() % 1_000_000);

suite("The reader of batches, at length", function () {
  this.timeout((minutes + 1) * 60_000);

  test(`H7: does what it must for ${minutes} minutes, led by the code it reaches (seed ${seed})`, () => {
    const until = Date.now() + minutes * 60_000;
    const { tried, kept, reached } = fuzzBatches(seed, () => Date.now() > until);
    console.log(`      ${tried} inputs, ${kept} kept, ${reached} places reached`);
  });
});
