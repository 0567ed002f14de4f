/** What is found of AI edits some minutes after each; as counts it is beside the way of edits. */
export const statements: readonly string[] = [
  `ALTER TABLE edits ADD COLUMN problems TEXT`,
  `ALTER TABLE edits ADD COLUMN repeated TEXT`,
];
