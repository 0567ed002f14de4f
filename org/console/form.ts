import * as z from "zod";

/** What a form may hold, of any kind: a signed bundle, its signs written as forms write them, fits. */
export const formBytes = 128 * 1024;

export type Form = URLSearchParams;

/** A line somebody typed. */
export const lineSchema = (most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: "is needed" })
    .max(most, { error: `holds ${most} characters at most` })
    .regex(/^[^\p{C}]*$/u, { error: "holds no control characters" });

/** One entry for each line that is not empty. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The fields of a form as an object: the last value of each name, or all values of those that are lists. */
export function fieldsOf(form: Form, lists: readonly string[] = []): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.fromEntries([...form].filter(([name]) => name !== "form"));
  for (const name of lists) fields[name] = form.getAll(name);
  return fields;
}

/** What is wrong with a form: with one of its fields, or with what it asks for. */
export interface Complaint {
  readonly field?: string;
  readonly words: string;
}

export function complaintsOf(error: z.ZodError): Complaint[] {
  return error.issues.map(({ path, message }) =>
    path.length === 0 ? { words: message } : { field: path.join(" "), words: message },
  );
}

export function complaintWords({ field, words }: Complaint): string {
  return field === undefined ? words : `${field}: ${words}`;
}
