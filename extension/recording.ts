import type * as vscode from "vscode";
import type { Problem } from "../protocol/errors.ts";
import { prepareAccepts, type AcceptedBy } from "./accept.ts";
import { Capture } from "./capture.ts";
import type { ClientBundle } from "./client.ts";
import { Advice } from "./coaching/advice.ts";
import { completeRules } from "./coaching/ruleCompletion.ts";
import { Moments } from "./coaching/moments.ts";
import { registerCommands } from "./commands.ts";
import type { Host } from "./host.ts";
import { openLog, type Log } from "./log.ts";
import { Notices } from "./notices.ts";
import { ObservationBuffer } from "./observationBuffer.ts";
import { Panel } from "./panel.ts";
import { Policies } from "./policies.ts";
import { Provenance } from "./provenance/provenance.ts";
import { recordedDocuments, rememberAnswers } from "./recordedDocuments.ts";
import { Scope, Slot } from "./scope.ts";
import { Seen } from "./seen.ts";
import { Session } from "./session.ts";
import { isTrusted, onSettingChange, onTrusted, readSetting, readTargets } from "./settings.ts";
import { StatusItem } from "./statusItem.ts";
import { tellMaySend } from "./sync/maySend.ts";
import { tellSharingNews } from "./sync/sharingNews.ts";
import { SinkHeaders } from "./sync/sinkHeaders.ts";

export interface RecordingOptions {
  readonly host: Host;
  readonly extensionUri: vscode.Uri;
  readonly userFolder: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
  readonly serverFile: string;
  readonly loadClient: () => Promise<ClientBundle>;
}

/** How long the sums may settle before the status bar asks for them again. */
const settleMs = 1000;

/** Everything that exists while Kept is on, and nothing of it while it is off. */
export class Recording implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #session: Session;
  readonly #log: Log;
  #ending: Promise<void> | undefined;

  constructor({ host, extensionUri, userFolder, secrets, serverFile, loadClient }: RecordingOptions) {
    this.#log = openLog("Kept");
    const log = this.#log.channel;
    const notices = new Notices(log);
    const onInvalid = (problem: Problem) => notices.say(problem);
    const window = host.uuid();
    const buffer = new ObservationBuffer();
    const askAgain = () => {
      isRecorded = rememberAnswers(recordedDocuments(policies, userFolder, onInvalid));
      void this.#session.restart();
    };
    const policies = this.#scope.add(new Policies(onInvalid, askAgain));
    let isRecorded = rememberAnswers(recordedDocuments(policies, userFolder, onInvalid));
    const serverSettings = () => ({
      editDays: readSetting("kept.retention.editDays", onInvalid),
      agents: readSetting("kept.agents.enabled", onInvalid),
      agentHomes: readSetting("kept.agents.homes", onInvalid),
      gitNotes: readSetting("kept.git.notes", onInvalid),
      sumMonths: readSetting("kept.retention.sumMonths", onInvalid),
      hover: readSetting("kept.hover.enabled", onInvalid),
      codeLens: readSetting("kept.codeLens.enabled", onInvalid),
      prices: readSetting("kept.prices", onInvalid),
      budgetUsd: readSetting("kept.budget.monthUsd", onInvalid),
      targets: readTargets(onInvalid),
      baselineBefore: readSetting("kept.baseline.before", onInvalid),
      ownFolder: readSetting("kept.ownFolder", onInvalid),
      coaching: readSetting("kept.coaching", onInvalid),
      seen: readSetting("kept.seen.enabled", onInvalid),
      trusted: isTrusted(),
    });
    const capture = this.#scope.add(
      new Capture(
        host,
        (document) => isRecorded(document),
        (observation) => {
          buffer.add(observation);
          session.observationAdded();
        },
      ),
    );
    const session = new Session({
      host,
      buffer,
      log,
      serverFile,
      loadClient,
      isRecorded: (document) => isRecorded(document),
      sessionOf: (uri) => capture.sessionOf(uri),
      initialization: () => ({ window, settings: serverSettings() }),
    });
    this.#session = session;
    const panel = this.#scope.add(
      new Panel(extensionUri, session, () =>
        session.notify("kept/dropped", { name: "panel.malformed", count: 1 }),
      ),
    );
    const provenance = this.#scope.add(
      new Provenance({ session, host, isRecorded: (document) => isRecorded(document) }, onInvalid),
    );
    const seen = this.#scope.add(new Slot<Seen>());
    const followSeen = () => {
      const enabled = readSetting("kept.seen.enabled", onInvalid);
      if (enabled === (seen.held !== undefined)) return;
      seen.set(enabled ? new Seen(session, host, (document) => isRecorded(document)) : undefined);
    };
    followSeen();
    this.#scope.add(onSettingChange(["kept.seen.enabled"], followSeen));
    const sinkHeaders = new SinkHeaders(secrets);
    this.#scope.add(tellMaySend(session, sinkHeaders));
    this.#scope.add(tellSharingNews(session));
    const noteAccept = (by: AcceptedBy) => capture.noteAccept(by);
    const item = this.#addStatusItem(host, onInvalid);
    const moments = this.#scope.add(
      new Moments({ session, host, isRecorded: (document) => isRecorded(document), onInvalid }),
    );
    const advice = this.#scope.add(new Advice({ session, onInvalid, onTip: (tip) => item.showTip(tip) }));
    this.#scope.add(
      registerCommands({
        session,
        host,
        sinkHeaders,
        panel,
        provenance,
        advice,
        moments,
        noteAccept,
        log,
        extensionUri,
      }),
    );
    this.#scope.add(completeRules(extensionUri));
    const followAcceptKeys = () => capture.awaitAccepts(readSetting("kept.wrapAcceptKeys", onInvalid));
    followAcceptKeys();
    void prepareAccepts();
    this.#scope.add(onSettingChange(["kept.wrapAcceptKeys"], followAcceptKeys));
    this.#scope.add(
      session.onStateChanged((state) => {
        if (state.state === "stopped") notices.say(state.problem);
        if (state.state !== "running") return;
        if (state.problems.length === 0) notices.forget();
        for (const problem of state.problems) notices.say(problem);
      }),
    );
    this.#scope.add(onSettingChange(["kept.exclude"], askAgain));
    this.#scope.add(
      onSettingChange(
        [
          "kept.agents.enabled",
          "kept.agents.homes",
          "kept.git.notes",
          "kept.retention.editDays",
          "kept.retention.sumMonths",
          "kept.hover.enabled",
          "kept.codeLens.enabled",
          "kept.prices",
          "kept.budget.monthUsd",
          "kept.targets",
          "kept.baseline.before",
          "kept.ownFolder",
          "kept.coaching",
          "kept.seen.enabled",
        ],
        () => session.notify("kept/settings", serverSettings()),
      ),
    );
    this.#scope.add(onTrusted(() => session.notify("kept/settings", serverSettings())));
    void session.start();
  }

  get session(): Pick<Session, "state" | "serverProcessId"> {
    return this.#session;
  }

  /** Ends what observes and shows at once; resolves when the server process has ended too. */
  end(): Promise<void> {
    this.#scope.dispose();
    // The server still says something while it ends.
    this.#ending ??= this.#session.end().finally(() => this.#log.dispose());
    return this.#ending;
  }

  dispose(): void {
    void this.end();
  }

  #addStatusItem(host: Host, onInvalid: (problem: Problem) => void): StatusItem {
    const session = this.#session;
    const item = this.#scope.add(new StatusItem(readSetting("kept.statusBar", onInvalid)));
    let stopTimer: (() => void) | undefined;
    const refresh = async () => {
      stopTimer = undefined;
      const reply = await session.ask("kept/summary", { days: 1, scope: "all" });
      if (reply.ok) item.showSummary(reply.value);
    };
    const refreshSoon = () => {
      stopTimer ??= host.startTimer(settleMs, () => void refresh());
    };
    this.#scope.add({ dispose: () => stopTimer?.() });
    this.#scope.add(session.onNumbersChanged(refreshSoon));
    this.#scope.add(session.onWorked((works) => item.showWorks(works)));
    this.#scope.add(
      session.onStateChanged((state) => {
        item.showState(state);
        if (state.state === "running") refreshSoon();
      }),
    );
    this.#scope.add(onSettingChange(["kept.budget.monthUsd"], refreshSoon));
    this.#scope.add(
      onSettingChange(["kept.statusBar"], () => item.setShows(readSetting("kept.statusBar", onInvalid))),
    );
    return item;
  }
}
