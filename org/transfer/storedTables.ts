import { consoleTables } from "./consoleTables.ts";

/** How a column's value is written in a backup: text as it is, numbers as numbers, all else in hexadecimal or as 0 and 1. */
export type ColumnKind = "text" | "integer" | "bytes" | "uuid" | "day" | "truth";

export interface StoredTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  /** Rows are written in the order of these columns, so that equal stores give equal bytes. */
  readonly key: readonly string[];
}

const counts = { edits: "integer", inserted_chars: "integer", kept_chars: "integer" } as const;

/** Everything that is stored. What is restored first is needed by what comes later. */
export const storedTables: readonly StoredTable[] = [
  { name: "organisation", columns: { single: "integer", id: "text" }, key: ["single"] },
  { name: "team", columns: { team: "text", people: "integer" }, key: ["team"] },
  {
    name: "invitation",
    columns: {
      token_hash: "text",
      team: "text",
      person: "text",
      uses_left: "integer",
      expires_at: "integer",
      person_seal: "text",
    },
    key: ["token_hash"],
  },
  {
    name: "device",
    columns: {
      device: "text",
      person: "text",
      team: "text",
      joined_on: "text",
      left_on: "text",
      credential_hash: "text",
      expires_on: "text",
      person_seal: "text",
    },
    key: ["device"],
  },
  { name: "claim", columns: { week: "text", tag: "text", pseudonym: "text" }, key: ["week", "tag"] },
  {
    name: "person_week",
    columns: { week: "text", pseudonym: "uuid", deleted: "truth" },
    key: ["week", "pseudonym"],
  },
  {
    name: "batch",
    columns: {
      week: "text",
      pseudonym: "uuid",
      batch_id: "uuid",
      sha256: "bytes",
      stored: "integer",
      duplicates: "integer",
      refused: "integer",
      reasons: "text",
    },
    key: ["week", "pseudonym", "batch_id"],
  },
  {
    name: "event",
    columns: {
      week: "text",
      pseudonym: "uuid",
      event_id: "uuid",
      day: "day",
      origin_kind: "text",
      tool: "text",
      mode: "text",
      ...counts,
    },
    key: ["week", "pseudonym", "event_id"],
  },
  {
    name: "contribution",
    columns: {
      week: "text",
      pseudonym: "uuid",
      origin_kind: "text",
      tool: "text",
      team: "text",
      days: "integer",
      ...counts,
    },
    key: ["week", "pseudonym", "origin_kind", "tool"],
  },
  {
    name: "tally_record",
    columns: { week: "text", pseudonym: "uuid", record_id: "uuid" },
    key: ["week", "pseudonym", "record_id"],
  },
  {
    name: "tally",
    columns: { week: "text", pseudonym: "uuid", name: "text", keys: "text", team: "text", sums: "text" },
    key: ["week", "pseudonym", "name", "keys"],
  },
  {
    name: "week_total",
    columns: { week: "text", batches: "integer", events: "integer" },
    key: ["week"],
  },
  {
    name: "publication",
    columns: { week: "text", published: "text", members: "text", tallies: "text" },
    key: ["week"],
  },
  { name: "bundle", columns: { sequence: "integer", envelope: "text" }, key: ["sequence"] },
  ...consoleTables,
];

export type StoredValue = string | number | null;

/** A row's values in the order of its table's columns. */
export type StoredRow = readonly StoredValue[];

/** Some rows of one table. */
export interface StoredPart {
  readonly table: StoredTable;
  readonly rows: readonly StoredRow[];
}

/** The whole content of a store, as it stands at one moment. */
export interface StoredRows {
  /** Many at once, each time of one table, in the order of the tables and of their keys. */
  read(): AsyncGenerator<StoredPart>;
  isEmpty(): Promise<boolean>;
  /** Writes all of it or, where something fails on the way, nothing. */
  write(parts: AsyncIterable<StoredPart>): Promise<void>;
}

export const rowsAtOnce = 2000;
