import type { Migration } from "../migrate.ts";

/** What was published once more, divided by team, so that what one team is shown can be read alone. No backup holds it. */
export const byTeamMigration: Migration = {
  version: 5,
  name: "byTeam",
  sql: `
    CREATE TABLE shown_week (
      week TEXT NOT NULL PRIMARY KEY,
      shown TEXT NOT NULL CHECK (json_valid(shown))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE shown_team (
      team TEXT NOT NULL,
      week TEXT NOT NULL,
      shown TEXT NOT NULL CHECK (json_valid(shown)),
      PRIMARY KEY (team, week)
    ) STRICT, WITHOUT ROWID;
  `,
};
