import * as z from "zod";

/** What is said of every recorded field, and printed in the data catalogue. */
export interface FieldAbout {
  /** One sentence: what the field holds. */
  readonly meaning: string;
  readonly sensitivity: Sensitivity;
  /** How long it is kept, and where that can be changed. */
  readonly retention: string;
}

export type Sensitivity =
  /** Says nothing about a person, a place or a text. */
  | "none"
  /** Says something about one person's work: seen by that person alone. */
  | "personal"
  /** Names a file, a folder or a machine: never leaves this machine. */
  | "local";

export const fields = z.registry<FieldAbout>();

/** Declares a recorded field: a schema and what it means, in one place. */
export function field<Schema extends z.ZodType>(schema: Schema, about: FieldAbout): Schema {
  // A schema can stand for several fields; each is a copy of its own, or the last meaning would be everybody's.
  const own = schema.clone();
  fields.add(own, about);
  return own;
}
