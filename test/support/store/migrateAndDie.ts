import { join } from "node:path";
import { prepareHome } from "../../../server/home.ts";
import { makeFile } from "../../../server/store/sqlite/databaseFiles.ts";
import { migrate } from "../../../server/store/sqlite/migrate.ts";
import { migrations } from "../../../server/store/sqlite/migrations.ts";
import { configure } from "../../../server/store/sqlite/open.ts";
import { connectToDatabase } from "./checkDatabase.ts";

/** Makes the tables of a new database and is killed after one of the statements. */
const [folder, killAt] = process.argv.slice(2) as [string, string];
prepareHome(folder);
makeFile(join(folder, "kept.db"));
const connection = connectToDatabase(folder);
configure(connection, "wal");
let done = 0;
migrate(connection, migrations, () => {
  if (++done === Number(killAt)) process.kill(process.pid, "SIGKILL");
});
