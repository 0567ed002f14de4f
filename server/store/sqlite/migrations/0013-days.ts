/**
 * Sums of whole days, which screens read, beside those of hours. Triggers keep them, so that whatever changes the sums of
 * hours, this version or an older one that still has the database open, changes these in the same transaction.
 */
const key = "day, workspace, kind, tool, model, mode";
const keyColumns = `day TEXT NOT NULL,
    workspace TEXT NOT NULL,
    kind TEXT NOT NULL,
    tool TEXT NOT NULL,
    model TEXT NOT NULL,
    mode TEXT NOT NULL`;

const numbers = {
  sums_of_days: [
    "edits",
    "inserting_edits",
    "inserted_chars",
    "deleted_chars",
    "kept_chars",
    "inserted_squared",
    "kept_squared",
    "inserted_times_kept",
  ],
  funnel_of_days: ["edits"],
  retention_of_days: [
    "samples",
    "arc",
    "inserted_chars",
    "arc_squared",
    "inserted_squared",
    "arc_times_inserted",
    "judged",
    "reverted",
    "no_revert",
    "four_grams",
    "four_gram",
    "apart",
  ],
};
type Table = keyof typeof numbers;

/** With `hours`, how many rows of sums a day is made of: one that is made of none is deleted. */
const [sums, funnel, retention] = (["sums_of_days", "funnel_of_days", "retention_of_days"] as const).map(
  (table) => numbers[table].map((name) => `${name} INTEGER NOT NULL`).join(", "),
);

const ofSum = "(day, workspace, kind, tool, model, mode)";

function changed(table: Table, by: (name: string) => string): string {
  return numbers[table].map((name) => `${name} = ${name} + ${by(name)}`).join(", ");
}

/** No conflict clauses: those of the statement that fires a trigger would be used in their place. */
const sumsTriggers = [
  `CREATE TRIGGER sums_added AFTER INSERT ON sums BEGIN
    INSERT INTO sums_of_days SELECT ${columnsOf("NEW")}, 0, ${zeros("sums_of_days")}
      WHERE NOT EXISTS (SELECT 1 FROM sums_of_days WHERE ${ofSum} = (${columnsOf("NEW")}));
    UPDATE sums_of_days SET hours = hours + 1, ${changed("sums_of_days", (name) => `NEW.${name}`)}
      WHERE ${ofSum} = (${columnsOf("NEW")});
  END`,
  `CREATE TRIGGER sums_changed AFTER UPDATE ON sums BEGIN
    UPDATE sums_of_days SET ${changed("sums_of_days", (name) => `NEW.${name} - OLD.${name}`)}
      WHERE ${ofSum} = (${columnsOf("NEW")});
  END`,
  // What belongs to it goes first: later nobody could tell which day that was of.
  `CREATE TRIGGER sums_about_to_go BEFORE DELETE ON sums BEGIN
    DELETE FROM funnel_sums WHERE sum_id = OLD.id;
    DELETE FROM retention_sums WHERE sum_id = OLD.id;
  END`,
  `CREATE TRIGGER sums_gone AFTER DELETE ON sums BEGIN
    UPDATE sums_of_days SET hours = hours - 1, ${changed("sums_of_days", (name) => `-OLD.${name}`)}
      WHERE ${ofSum} = (${columnsOf("OLD")});
    DELETE FROM sums_of_days WHERE hours = 0 AND ${ofSum} = (${columnsOf("OLD")});
  END`,
];

/** What hangs on sums has no day of its own. */
function triggersOf(source: string, table: Table, parts: readonly string[], isEmpty: string): string[] {
  const isOf = (row: "NEW" | "OLD") =>
    `${ofSum} = (SELECT ${key} FROM sums WHERE id = ${row}.sum_id)
       AND ${parts.map((name) => `${name} = ${row}.${name}`).join(" AND ")}`;
  const ofNew = parts.map((name) => `NEW.${name}`).join(", ");
  return [
    `CREATE TRIGGER ${source}_added AFTER INSERT ON ${source} BEGIN
      INSERT INTO ${table} SELECT ${key}, ${ofNew}, ${zeros(table)} FROM sums
        WHERE id = NEW.sum_id AND NOT EXISTS (SELECT 1 FROM ${table} WHERE ${isOf("NEW")});
      UPDATE ${table} SET ${changed(table, (name) => `NEW.${name}`)} WHERE ${isOf("NEW")};
    END`,
    `CREATE TRIGGER ${source}_changed AFTER UPDATE ON ${source} BEGIN
      UPDATE ${table} SET ${changed(table, (name) => `NEW.${name} - OLD.${name}`)} WHERE ${isOf("NEW")};
    END`,
    `CREATE TRIGGER ${source}_gone AFTER DELETE ON ${source} BEGIN
      UPDATE ${table} SET ${changed(table, (name) => `-OLD.${name}`)} WHERE ${isOf("OLD")};
      DELETE FROM ${table} WHERE ${isEmpty} AND ${isOf("OLD")};
    END`,
  ];
}

function columnsOf(row: "NEW" | "OLD"): string {
  return key.replaceAll(/\w+/g, (name) => `${row}.${name}`);
}

function zeros(table: Table): string {
  return numbers[table].map(() => "0").join(", ");
}

function added(table: Table, source: string): string {
  return numbers[table].map((name) => `sum(${source}.${name})`).join(", ");
}

/** They are made of other tables alone: what is lost of them is made again, so they need no row numbers. */
export const statements: readonly string[] = [
  `CREATE TABLE sums_of_days (${keyColumns}, hours INTEGER NOT NULL, ${sums},
    PRIMARY KEY (${key})) STRICT, WITHOUT ROWID`,
  `CREATE TABLE funnel_of_days (${keyColumns}, stage TEXT NOT NULL, outcome TEXT NOT NULL, ${funnel},
    PRIMARY KEY (${key}, stage, outcome)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE retention_of_days (${keyColumns}, due_ms INTEGER NOT NULL, ${retention},
    PRIMARY KEY (${key}, due_ms)) STRICT, WITHOUT ROWID`,
  `INSERT INTO sums_of_days SELECT ${key}, count(*), ${added("sums_of_days", "sums")} FROM sums GROUP BY ${key}`,
  `INSERT INTO funnel_of_days SELECT ${key}, stage, outcome, ${added("funnel_of_days", "funnel_sums")}
    FROM sums JOIN funnel_sums ON sum_id = sums.id GROUP BY ${key}, stage, outcome`,
  `INSERT INTO retention_of_days SELECT ${key}, due_ms, ${added("retention_of_days", "retention_sums")}
    FROM sums JOIN retention_sums ON sum_id = sums.id GROUP BY ${key}, due_ms`,
  ...sumsTriggers,
  ...triggersOf("funnel_sums", "funnel_of_days", ["stage", "outcome"], "edits = 0"),
  ...triggersOf("retention_sums", "retention_of_days", ["due_ms"], "samples = 0 AND apart = 0"),
];
