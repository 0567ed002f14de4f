/**
 * Values as PostgreSQL writes an array. The driver asks of each value what it is, which for the thousand of a batch takes as
 * long as reading the batch does.
 */
export function arrayOf(values: readonly (string | number)[]): string {
  return `{${values.map((value) => (typeof value === "number" ? value : quoted(value))).join(",")}}`;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
