/** What a metric counts, where there is only one of it. */
const singular: Readonly<Record<string, string>> = {
  people: "person",
  entries: "entry",
  criteria: "criterion",
  "pairs of commits": "pair of commits",
  "pull requests on each side": "pull request on each side",
};

/** So many units of a sample: "1 day", "12 days". */
export function sampleWords(n: number, sampleOf: string, written = String(n)): string {
  return `${written} ${sampleNoun(n, sampleOf)}`;
}

/** The noun alone, as it goes with a number. */
export function sampleNoun(n: number, sampleOf: string): string {
  return n === 1 ? (singular[sampleOf] ?? sampleOf.replace(/s$/, "")) : sampleOf;
}
