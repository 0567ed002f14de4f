import type { Connection } from "vscode-languageserver/node";
import type { ServerSettings } from "../../protocol/settings.ts";
import type { Reading } from "../funnel/reading.ts";
import type { Git } from "../git/git.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "../edits/ledger.ts";
import type { Store } from "../store/store.ts";
import type { WorkspaceFolders } from "../workspaceFolders.ts";
import { BranchReader } from "./branchReader.ts";
import { Coaching, type CoachingOptions } from "./coaching.ts";
import { DependencyReader } from "./dependencyReader.ts";
import { Judging } from "./judging.ts";
import { openTextsOf } from "./openTexts.ts";
import { ruleDiagnostics } from "./ruleDiagnostics.ts";

interface Around extends Pick<
  CoachingOptions,
  "fates" | "locale" | "around" | "flush" | "onNudge" | "onChanged"
> {
  readonly host: Host;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly reading: Reading;
  readonly folders: WorkspaceFolders;
  readonly git: Git;
  readonly hashes: { text(text: string): string };
  readonly connection: Connection;
}

/** Advice with everything of a server that it rests on. */
export function coachingOf(around: Around, settings: ServerSettings): Coaching {
  const { host, store, ledger, reading, folders, git, hashes, connection, ...rest } = around;
  const now = () => host.now();
  const texts = openTextsOf(ledger, now);
  return new Coaching(
    {
      ...{ host, store, ...rest },
      folders: () => folders.uris,
      uncommitted: () => reading.uncommitted((uri) => folders.of(uri) !== null),
      branch: new BranchReader({ git, store, now }),
      dependencies: new DependencyReader(git),
      texts,
      judging: new Judging({ now, texts, store, flush: rest.flush }),
      hashText: (text) => hashes.text(text),
      onRuleProblems: ruleDiagnostics(connection),
    },
    settings,
  );
}
