import assert from "node:assert/strict";
import { shareOf } from "../../../support/matching/precision.ts";
import {
  CommitCorpus,
  sourcesOfCommits,
  type CommitsMeasured,
} from "../../../support/matching/toldCommits.ts";

const least = 0.99;

function printed({ title, precision, recall, coverage }: CommitsMeasured): string {
  const numbers = [precision, recall, coverage].map((share) => shareOf(share).toFixed(4).padStart(10));
  return `${title.padEnd(44)}${numbers.join("")}${String(recall.of).padStart(9)}`;
}

/**
 * Made histories with a known truth for each line, of which others tell in the forms that they have, and Kept's own readers read.
 */
suite("A labelled corpus of commits", () => {
  const corpus = new CommitCorpus();
  suiteTeardown(() => corpus.remove());

  test("is attributed with a precision of at least 0.99 by what tells of lines", async function () {
    this.timeout(200_000);
    console.log(`${"".padEnd(44)} precision    recall  coverage    lines`);
    const wrong: string[] = [];
    for (const source of sourcesOfCommits) {
      const measured = await corpus.measure(source);
      console.log(printed(measured));
      // A trailer speaks for a commit as a whole: of one that a person wrote, too, it claims that person's lines.
      if (source.tellsOfLines && shareOf(measured.precision) < least)
        wrong.push(`${measured.title}: precision ${shareOf(measured.precision).toFixed(4)}`);
      if (shareOf(measured.recall) < 0.5)
        wrong.push(`${measured.title}: recall ${shareOf(measured.recall).toFixed(4)}`);
    }
    assert.deepEqual(wrong, []);
  });

  test("shows it where notes are off by a line, and where a trailer speaks for others' lines", async function () {
    this.timeout(100_000);
    const [notes] = sourcesOfCommits;
    const off = await corpus.measure(notes!, { isOffByOne: true });
    assert.ok(shareOf(off.precision) < least, shareOf(off.precision).toFixed(4));
    const trailers = sourcesOfCommits.find(({ tellsOfLines }) => !tellsOfLines)!;
    const claimed = await corpus.measure(trailers);
    assert.ok(shareOf(claimed.precision) < 1, shareOf(claimed.precision).toFixed(4));
  });
});
