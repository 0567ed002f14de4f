/** What the suites measured; printed after the run. */
export const notes: string[] = [];

export function note(sentence: string) {
  notes.push(sentence);
}
