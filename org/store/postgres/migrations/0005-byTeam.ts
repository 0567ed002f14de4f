import type { PostgresMigration } from "../migrate.ts";

/** What was published once more, divided by team, so that what one team is shown can be read alone. No backup holds it. */
export const byTeamMigration: PostgresMigration = {
  version: 5,
  name: "byTeam",
  sql: `
    CREATE TABLE shown_week (
      week text COLLATE "C" NOT NULL PRIMARY KEY,
      shown text NOT NULL 
    );

    CREATE TABLE shown_team (
      team text COLLATE "C" NOT NULL,
      week text COLLATE "C" NOT NULL,
      shown text NOT NULL ,
      PRIMARY KEY (team, week)
    );
  `,
};
