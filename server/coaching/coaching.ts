import { ownRules } from "../../core/coaching/catalogue.ts";
import {
  answered,
  coachOf,
  filesOfTip,
  followedTips,
  measuredEffects,
  newOpportunities,
  type Coaching as CoachingInput,
} from "../../core/coaching/coach.ts";
import { factsOf, type Facts, type UncommittedFile } from "../../core/coaching/facts.ts";
import { mayNudge, type Muted } from "../../core/coaching/guards.ts";
import { promptRules, promptsShown, type PromptsInForce } from "../../core/coaching/orgPrompts.ts";
import { measureOf, type Span } from "../../core/coaching/measures.ts";
import { localDay } from "../../core/day.ts";
import * as z from "zod";
import type {
  Coach,
  Moment,
  RuleProblem,
  ShownProblems,
  Tip,
  TipAnswer,
  TipRecord,
} from "../../protocol/coaching.ts";
import { reasonOf } from "../../protocol/errors.ts";
import type { ServerSettings } from "../../protocol/settings.ts";
import type { Surroundings } from "../agents/agent.ts";
import { bundleInForce } from "../bundles/heldBundle.ts";
import type { FatesReader } from "../fate/fatesReader.ts";
import type { Host } from "../host.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import { readDigest } from "../numbers/readDigest.ts";
import { readSummary } from "../numbers/readSummary.ts";
import type { RequestHandlers } from "../requests.ts";
import type { Store } from "../store/store.ts";
import { approvedTools } from "./folderPolicies.ts";
import type { BranchReader } from "./branchReader.ts";
import type { DependencyReader } from "./dependencyReader.ts";
import type { Judging } from "./judging.ts";
import type { OpenTexts } from "./openTexts.ts";
import { lighterModels, modelPlaceOf, withModel } from "./modelPlaces.ts";
import { recentTasks } from "./recentTasks.ts";
import { readRuleFiles } from "./ruleFiles.ts";
import { daysBefore, readSituation, recentEdits } from "./situation.ts";
import { testRunStep } from "./testRuns.ts";
import { toolActivity } from "./toolActivity.ts";

/** How often it is looked whether there is a calm moment. */
const lookMs = 30_000;
/** Nothing is looked at anew more often, unless somebody asks. */
const restMs = 5 * 60_000;
/** How long the answer to an answer rests on what was looked at before it. */
const heldMs = 60_000;
/** Which models are used with a tool is told by this many days. */
const modelDays = 90;
const mutedNote = "coaching.muted";
const mutedSchema = z.strictObject({
  all: z.boolean(),
  rules: z.array(z.string()),
  senders: z.array(z.string()).default([]),
});

export type CoachingRequests = Pick<
  RequestHandlers,
  "kept/coach" | "kept/answerTip" | "kept/tipFiles" | "kept/withModel" | "kept/digest"
>;

export interface CoachingOptions {
  readonly host: Host;
  readonly store: Store;
  readonly fates: FatesReader;
  readonly folders: () => readonly string[];
  /** Files with AI lines that are in no commit. */
  readonly uncommitted: () => Omit<UncommittedFile, "path">[];
  readonly branch: Pick<BranchReader, "read">;
  readonly dependencies: Pick<DependencyReader, "of">;
  readonly texts: Pick<OpenTexts, "take" | "problems" | "duplicates">;
  readonly judging: Pick<Judging, "look">;
  readonly hashText: (text: string) => string;
  /** Writes what waits, so that it is seen. */
  readonly flush: () => void;
  readonly onNudge: (tip: Tip) => void;
  readonly onChanged: () => void;
  /** Where tools keep their settings. */
  readonly around: Surroundings;
  readonly onRuleProblems: (problems: readonly RuleProblem[]) => void;
  /** The editor's language. */
  readonly locale: string;
}

type Settings = Pick<ServerSettings, "coaching" | "seen" | "trusted">;

/** Evaluates rules at calm moments, keeps what was said, and says at most what the guards let through. */
export class Coaching {
  readonly #options: CoachingOptions;
  #settings: Settings;
  #moment: Moment = {
    isFocused: false,
    isDebugging: false,
    isPresenting: false,
    testedAt: null,
    testPassed: null,
    review: null,
  };
  #stopTimer: (() => void) | undefined;
  #writtenAt: number | undefined;
  #lookedAt: number | undefined;
  #isLooking = false;
  #held: CoachingInput | undefined;
  #said: readonly RuleProblem[] = [];

  constructor(options: CoachingOptions, settings: Settings) {
    this.#options = options;
    this.#settings = settings;
  }

  start(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    if (this.#settings.coaching === "off") return;
    this.#stopTimer = this.#options.host.startTimer(lookMs, () => {
      this.#judge();
      void this.#look().finally(() => {
        if (this.#stopTimer) this.start();
      });
    });
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  follow(settings: Settings): void {
    const isOther = settings.coaching !== this.#settings.coaching;
    this.#settings = settings;
    this.#held = undefined;
    if (!isOther) return;
    this.start();
    this.#options.onChanged();
  }

  /** What the window does. */
  take(moment: Moment): void {
    const before = this.#moment.testedAt;
    this.#moment = moment;
    if (moment.testedAt === null || moment.testPassed === null || moment.testedAt === before) return;
    const { host, store, folders, hashText } = this.#options;
    const run = { at: moment.testedAt, isPassed: moment.testPassed };
    const step = testRunStep(run, { folders: folders(), hashText, host });
    if (step) store.requests.write({ requests: [], edits: [], steps: [step] });
  }

  /** What the editor shows as errors. */
  takeProblems(shown: ShownProblems): void {
    if (this.#settings.coaching !== "off") this.#options.texts.take(shown);
  }

  /** Somebody, or something, writes. */
  wrote(): void {
    this.#writtenAt = this.#options.host.now();
  }

  readonly requests: CoachingRequests = {
    "kept/digest": async () => {
      const { store, host, flush } = this.#options;
      flush();
      return { ok: true, value: await readDigest(store, host) };
    },
    "kept/coach": async () => ({ ok: true, value: await this.#coach() }),
    "kept/answerTip": async (answer) => {
      this.#answer(answer);
      this.#options.onChanged();
      return { ok: true, value: await ("tip" in answer ? this.#coachAfterAnswer() : this.#coach()) };
    },
    "kept/tipFiles": async ({ tip }) => {
      const input = await this.#read();
      const record = input.records.find(({ id }) => id === tip);
      const checked = input.rules.find(({ rule }) => rule.id === record?.rule);
      const files = checked ? filesOfTip(checked, input.facts).slice(0, 100) : [];
      const isOfModels = checked?.rule.actions.includes("openLighterDefault") ?? false;
      return { ok: true, value: { files, model: isOfModels ? this.#modelOf(input) : null } };
    },
    "kept/withModel": ({ tool, text, model }) =>
      Promise.resolve({ ok: true, value: { text: withModel(tool, text, model) ?? null } }),
  };

  /** Where the tool of most small tasks with heavy models has its default, and what it could be instead. */
  #modelOf({ facts, today }: CoachingInput) {
    const { store, around } = this.#options;
    const place = modelPlaceOf(facts.values.get("heavy.tool")?.toString(), around);
    const tasks = place?.file ? recentTasks(store, daysBefore(today.now, modelDays)) : [];
    return place && { ...place, lighter: lighterModels(place.tool, tasks) };
  }

  #judge(): void {
    const { host, judging } = this.#options;
    try {
      judging.look();
    } catch (thrown) {
      host.log.warn(`Kept could not look at recent edits: ${reasonOf(thrown)}`);
    }
  }

  /** The one place where a failure of looking ends: it is logged, and the next moment is looked at as usual. */
  async #look(): Promise<void> {
    const { host, onNudge } = this.#options;
    const now = host.now();
    if (this.#isLooking || (this.#lookedAt !== undefined && now - this.#lookedAt < restMs)) return;
    if (this.#writtenAt !== undefined && now - this.#writtenAt < lookMs) return;
    this.#isLooking = true;
    this.#lookedAt = now;
    try {
      const { input, coach } = await this.#evaluate();
      const { tip } = coach;
      if (tip?.state !== "new") return;
      const record = input.records.find(({ id }) => id === tip.id);
      const utcOffsetMinutes = host.utcOffsetMinutes(now);
      const at = { ...input.today, utcOffsetMinutes, writtenAt: this.#writtenAt };
      if (!record || record.nudgedAt !== null || !mayNudge(input.records, this.#moment, at)) return;
      if (this.#write([{ ...record, nudgedAt: now }])) onNudge(tip);
    } catch (thrown) {
      host.log.warn(`Kept could not look for advice: ${reasonOf(thrown)}`);
    } finally {
      this.#isLooking = false;
    }
  }

  async #coach(): Promise<Coach> {
    if (this.#settings.coaching === "off") return off;
    return (await this.#evaluate()).coach;
  }

  /** After an answer to a tip, which changes nothing that advice rests on: what was looked at last is not looked at anew. */
  async #coachAfterAnswer(): Promise<Coach> {
    const { host, store } = this.#options;
    const held = this.#held;
    const isOld = !held || Math.abs(host.now() - held.today.now) > heldMs;
    if (isOld || this.#settings.coaching === "off") return await this.#coach();
    return this.#say({ ...held, records: store.coaching.readTips(), muted: this.#muted() });
  }

  /** Looks at everything anew, and writes what is new of tips. */
  async #evaluate(): Promise<{ readonly input: CoachingInput; readonly coach: Coach }> {
    const before = await this.#read();
    const measure = await this.#measure(before);
    const { host } = this.#options;
    const draw = () => Number.parseInt(host.uuid().slice(0, 8), 16) / 0x1_0000_0000;
    const news = [
      ...followedTips(before),
      ...measuredEffects(before, { measure }),
      ...newOpportunities(before, { uuid: () => host.uuid(), draw, measure }),
    ];
    if (news.length > 0) this.#write(news);
    const input = {
      ...before,
      records: news.length > 0 ? this.#options.store.coaching.readTips() : before.records,
    };
    this.#held = input;
    return { input, coach: this.#say(input) };
  }

  #say(input: CoachingInput): Coach {
    return coachOf(input, { problems: this.#said, org: this.#org(input) });
  }

  async #read(): Promise<CoachingInput> {
    const { host, store, fates, folders, uncommitted, branch, dependencies, flush } = this.#options;
    flush();
    const now = host.now();
    const { day } = localDay({ at: now, utcOffsetMinutes: host.utcOffsetMinutes(now) });
    const situation = await readSituation({
      store,
      host,
      fates,
      folders: folders(),
      uncommitted: await dependencies.of(uncommitted()),
      branch: (await branch.read(folders())).ahead,
      texts: this.#options.texts,
      hashText: this.#options.hashText,
      moment: { testedAt: this.#moment.testedAt, review: this.#moment.review },
      isSeenNoted: this.#settings.seen,
    });
    const facts = factsOf(situation);
    const inForce = this.#inForce(day);
    return {
      rules: [...ownRules(), ...this.#workspaceRules(), ...(inForce ? promptRules(inForce, facts) : [])],
      records: store.coaching.readTips(),
      muted: this.#muted(),
      facts,
      today: { now, day },
    };
  }

  #inForce(day: string): PromptsInForce | undefined {
    const { store, host, locale } = this.#options;
    const found = bundleInForce(store, host.now());
    if (!found) return undefined;
    const { bundle, consent } = found;
    const sender = new URL(consent.endpoint).host;
    return { items: bundle.items, sender, team: consent.membership?.team ?? "", locale, day };
  }

  #org({ facts, muted, today }: { facts: Facts; muted: Muted; today: { day: string } }): Coach["org"] {
    const inForce = this.#inForce(today.day);
    if (!inForce) return null;
    const { sender } = inForce;
    return { sender, isMuted: muted.senders.includes(sender), prompts: promptsShown(inForce, facts) };
  }

  #workspaceRules(): CoachingInput["rules"] {
    const { folders, onRuleProblems } = this.#options;
    const files = this.#settings.trusted ? folders().flatMap((folder) => fileOfAddress(folder) ?? []) : [];
    const { rules, problems } = readRuleFiles(files, new Set(ownRules().map(({ rule }) => rule.id)));
    if (JSON.stringify(problems) !== JSON.stringify(this.#said)) onRuleProblems(problems);
    this.#said = problems;
    return rules;
  }

  /** The measures before now, for the times that are needed: mostly none. */
  async #measure(
    input: CoachingInput,
  ): Promise<(measure: Parameters<typeof measureOf>[0], days: number) => ReturnType<typeof measureOf>> {
    const { store, host, folders, branch } = this.#options;
    const { told } = await branch.read(folders());
    const approved = approvedTools(store, folders());
    const windows = new Set<number>();
    const noting = (_: unknown, days: number) => {
      windows.add(days);
      return nothingMeasured;
    };
    measuredEffects(input, { measure: noting });
    newOpportunities(input, { uuid: () => "", draw: () => 1, measure: noting });
    const { today } = input;
    const spans = new Map<number, Span>();
    for (const days of windows) {
      const since = daysBefore(today.now, days);
      spans.set(days, {
        now: today.now,
        summary: await readSummary(store, host, { days, scope: "all" }, undefined),
        edits: recentEdits(store, since),
        commits: store.coaching.readCommittedLines(since),
        tasks: recentTasks(store, since),
        told: told.filter(({ at }) => at >= since),
        approved,
        activity: toolActivity(store, since),
      });
    }
    return (measure, days) => measureOf(measure, spans.get(days)!);
  }

  #answer(answer: TipAnswer): void {
    const muted = this.#muted();
    const withoutRule = (rule: string) => muted.rules.filter((other) => other !== rule);
    switch (answer.answer) {
      case "muteAll":
      case "unmuteAll":
        this.#writeMuted({ ...muted, all: answer.answer === "muteAll" });
        return;
      case "muteRule":
        this.#writeMuted({ ...muted, rules: [...withoutRule(answer.rule), answer.rule] });
        return;
      case "unmuteRule":
        this.#writeMuted({ ...muted, rules: withoutRule(answer.rule) });
        return;
      case "muteSender":
      case "unmuteSender": {
        const others = muted.senders.filter((sender) => sender !== answer.sender);
        const isMuted = answer.answer === "muteSender";
        this.#writeMuted({ ...muted, senders: isMuted ? [...others, answer.sender] : others });
        return;
      }
      default: {
        const record = this.#options.store.coaching.readTips().find(({ id }) => id === answer.tip);
        const news = record && answered(record, answer.answer, this.#options.host.now());
        if (!news) return;
        this.#write([news]);
        if (news.state === "muted") {
          this.#writeMuted({ ...muted, rules: [...withoutRule(news.rule), news.rule] });
        }
      }
    }
  }

  #muted(): Muted {
    const note = this.#options.store.readNote(mutedNote);
    const parsed = mutedSchema.safeParse(note === undefined ? undefined : JSON.parse(note));
    return parsed.success ? parsed.data : { all: false, rules: [], senders: [] };
  }

  #writeMuted(muted: Muted): void {
    this.#options.store.writeNote(mutedNote, JSON.stringify(muted));
  }

  #write(tips: readonly TipRecord[]): boolean {
    const { store, host, folders } = this.#options;
    const at = host.now();
    const written = { folders: folders(), at, utcOffsetMinutes: host.utcOffsetMinutes(at) };
    return store.coaching.writeTips(tips, written).outcome === "written";
  }
}

const nothingMeasured = { value: null, low: null, high: null, n: 0, needsMore: 0 };

const off: Coach = {
  isOn: false,
  isMuted: false,
  tip: null,
  waiting: [],
  tried: [],
  rules: [],
  problems: [],
  org: null,
};
