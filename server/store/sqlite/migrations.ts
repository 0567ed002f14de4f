import { statements as ledger } from "./migrations/0001-ledger.ts";
import { statements as samples } from "./migrations/0002-samples.ts";
import { statements as rest } from "./migrations/0003-rest.ts";
import { statements as funnel } from "./migrations/0004-funnel.ts";
import { statements as sync } from "./migrations/0005-sync.ts";
import { statements as retention } from "./migrations/0006-retention.ts";
import { statements as tips } from "./migrations/0007-tips.ts";
import { statements as requests } from "./migrations/0008-requests.ts";
import { statements as figures } from "./migrations/0009-figures.ts";
import { statements as outbox } from "./migrations/0010-outbox.ts";
import { statements as taskEdits } from "./migrations/0011-task-edits.ts";
import { statements as steps } from "./migrations/0012-steps.ts";
import { statements as days } from "./migrations/0013-days.ts";
import { statements as recent } from "./migrations/0014-recent.ts";
import { statements as committedType } from "./migrations/0015-committed-type.ts";
import { statements as overwrites } from "./migrations/0016-overwrites.ts";
import { statements as shortKeys } from "./migrations/0017-short-keys.ts";
import { statements as judged } from "./migrations/0018-judged.ts";
import { statements as ways } from "./migrations/0019-ways.ts";
import { statements as taskModes } from "./migrations/0020-task-modes.ts";
import { statements as sumsOfSessions } from "./migrations/0021-sums-of-sessions.ts";

export interface Migration {
  /** Its file in the folder `migrations`. */
  readonly file: string;
  readonly statements: readonly string[];
}

/**
 * Every step of the database's format, in order: the first makes format 1. What was released is never changed, only
 * followed by another.
 */
export const migrations: readonly Migration[] = [
  { file: "0001-ledger", statements: ledger },
  { file: "0002-samples", statements: samples },
  { file: "0003-rest", statements: rest },
  { file: "0004-funnel", statements: funnel },
  { file: "0005-sync", statements: sync },
  { file: "0006-retention", statements: retention },
  { file: "0007-tips", statements: tips },
  { file: "0008-requests", statements: requests },
  { file: "0009-figures", statements: figures },
  { file: "0010-outbox", statements: outbox },
  { file: "0011-task-edits", statements: taskEdits },
  { file: "0012-steps", statements: steps },
  { file: "0013-days", statements: days },
  { file: "0014-recent", statements: recent },
  { file: "0015-committed-type", statements: committedType },
  { file: "0016-overwrites", statements: overwrites },
  { file: "0017-short-keys", statements: shortKeys },
  { file: "0018-judged", statements: judged },
  { file: "0019-ways", statements: ways },
  { file: "0020-task-modes", statements: taskModes },
  { file: "0021-sums-of-sessions", statements: sumsOfSessions },
];

export const newestFormat = migrations.length;
