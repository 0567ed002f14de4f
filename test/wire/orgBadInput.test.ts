import { migratePostgres } from "../../org/store/postgres/migrate.ts";
import { openPostgres } from "../../org/store/postgres/open.ts";
import { createPostgresStore } from "../../org/store/postgres/postgresStore.ts";
import { makeApp } from "../org/support/app.ts";
import { startPostgres, type RunningPostgres } from "../org/support/postgres.ts";
import { badInputSuite } from "../unit/org/badInput.suite.ts";

suite("With a real PostgreSQL", function () {
  this.timeout(60_000);
  let postgres: RunningPostgres;

  suiteSetup(async () => {
    postgres = await startPostgres();
  });

  suiteTeardown(() => postgres.stop());

  badInputSuite("PostgreSQL", async () => {
    const opened = await openPostgres(await postgres.makeDatabase());
    await migratePostgres(opened.pool);
    return makeApp((unused) => {
      void unused.close();
      return createPostgresStore(opened);
    });
  });
});
