import type { Page } from "playwright-core";
import type { Problem } from "../../protocol/errors.ts";
import type { Unread } from "../../protocol/seen.ts";
import { fullCoach, promptedCoach } from "./coaches.ts";
import type { FakeHost } from "./fakeHost.ts";
import {
  almostNothing,
  demonstration,
  fewAndUnpriced,
  firstDay,
  firstMinute,
  hostile,
  hostileNames,
  nothing,
  onlyDeletions,
  onlyRequests,
  onlyTyped,
  usual,
  youngRepository,
} from "./summaries.ts";
import {
  fullSharing,
  fullTeam,
  hiddenTeam,
  sinkSharing,
  sinkTeam,
  stoppedSharing,
  unansweredTeam,
  unreachableTeam,
  waitingTeam,
} from "./teams.ts";
import { hostileTools } from "./tools.ts";

/** A state of the panel that somebody designed. */
export interface Scene {
  readonly summary: typeof usual;
  readonly prepare?: (host: FakeHost) => void;
  readonly stored?: unknown;
  /** A state of one column at any width: read by axe once a theme. */
  readonly oneColumn?: true;
  /** Text that must be there before the picture is taken. */
  readonly waitFor: string;
  /** Done before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

const crashed: Problem = { code: "server.crashed", details: { count: 3 } };
const timedOut: Problem = { code: "request.timedOut", details: { seconds: 15 } };
const cannotOpen: Problem = {
  code: "store.cannotOpen",
  details: { folder: "/home/ada/.local/share/kept", reason: "permission denied" },
};
const newer: Problem = { code: "store.newer", details: { found: 9, known: 3 } };
const settings: Problem = {
  code: "settings.invalid",
  details: { setting: "kept.retention.editDays", reason: "expected a number" },
};
const hostileUnread: Unread = {
  files: Object.values(hostileNames).map((name) => ({
    uri: `file:///${encodeURIComponent(name)}`,
    lines: 9_999_999,
    ranges: Array.from({ length: 20 }, (_, index) => ({ firstLine: index * 1000, lastLine: index * 1001 })),
  })),
};
const never = new Promise<void>(() => undefined);

export const scenes: Readonly<Record<string, Scene>> = {
  today: { summary: usual, waitFor: "What stayed" },
  "today-90-days": {
    summary: usual,
    stored: { view: "today", question: { days: 90, scope: "all" }, openTables: [] },
    waitFor: "Where it came from",
  },
  "today-tables": {
    summary: usual,
    stored: { openTables: ["hours", "days"] },
    waitFor: "Where it came from",
  },
  "today-definition": {
    summary: usual,
    waitFor: "What stayed",
    act: (page) => page.locator("kept-explained.large button").click(),
  },
  "today-missing": {
    summary: usual,
    waitFor: "What stayed",
    act: (page) => page.getByRole("button", { name: "What is missing" }).click(),
  },
  "today-pointed": {
    summary: usual,
    waitFor: "What stayed",
    act: (page) => page.getByRole("slider").last().focus(),
  },
  "today-first-minute": { summary: firstMinute, waitFor: "Stop reading" },
  "today-before": { summary: firstDay, waitFor: "Before Kept watched" },
  quality: { summary: usual, stored: { view: "quality" }, waitFor: "How long committed lines live" },
  "quality-table": {
    summary: usual,
    stored: {
      view: "quality",
      question: { days: 90, scope: "all" },
      openTables: ["retention", "survival", "rework"],
    },
    waitFor: "How long committed lines live",
    act: async (page) => {
      await page.getByRole("slider").first().focus();
      await page.keyboard.press("ArrowLeft");
    },
  },
  "quality-young": {
    summary: youngRepository,
    stored: { view: "quality" },
    waitFor: "No AI line was reworked",
  },
  "quality-waiting": {
    summary: usual,
    stored: { view: "quality" },
    waitFor: "How long committed lines live",
    act: (page) => page.getByRole("button", { name: /wait for their data/ }).click(),
  },
  "quality-definition": {
    summary: usual,
    stored: { view: "quality" },
    waitFor: "How long committed lines live",
    act: (page) => page.getByRole("button", { name: /Q2 Retention after 15 minutes$/ }).click(),
  },
  "quality-not-enough-data": {
    summary: almostNothing,
    stored: { view: "quality" },
    waitFor: "How long committed lines live",
  },
  tools: {
    summary: usual,
    stored: { view: "tools", question: { days: 90, scope: "all" } },
    waitFor: "What is kept, by tool and mode",
  },
  "tools-not-enough-data": { summary: almostNothing, stored: { view: "tools" }, waitFor: "by tool and mode" },
  "tools-none": { summary: onlyTyped, stored: { view: "tools" }, waitFor: "No AI tool wrote" },
  "tools-hostile": { summary: hostile, stored: { view: "tools" }, waitFor: "by tool and mode" },
  behind: {
    summary: usual,
    stored: { view: "tools", behind: { origin: { kind: "ai" }, of: "kind", order: "leastLeft" } },
    waitFor: "basket total.ts",
  },
  "behind-none": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.edits = { edits: [] }),
    stored: { view: "today", behind: { origin: { kind: "human" }, of: "kind", order: "newest" } },
    waitFor: "No single edit is on record",
  },
  cost: {
    summary: usual,
    stored: { view: "cost", question: { days: 30, scope: "all" } },
    waitFor: "What tasks came to",
  },
  "cost-tables": {
    summary: usual,
    stored: {
      view: "cost",
      question: { days: 90, scope: "all" },
      openTables: ["spend", "tasks", "tiers"],
    },
    waitFor: "What tasks came to",
  },
  "cost-unpriced": { summary: fewAndUnpriced, stored: { view: "cost" }, waitFor: "no known price" },
  "cost-before-edits": { summary: onlyRequests, stored: { view: "cost" }, waitFor: "What tasks came to" },
  "cost-none": { summary: almostNothing, stored: { view: "cost" }, waitFor: "No request is known yet" },
  coach: { oneColumn: true, summary: usual, stored: { view: "coach" }, waitFor: "No tip yet" },
  "coach-tips": {
    summary: usual,
    prepare: (host) => (host.coach = fullCoach),
    stored: { view: "coach" },
    waitFor: "Rules of this workspace",
    act: (page) => page.getByText("Why?").first().click(),
  },
  "today-tip": { summary: usual, prepare: (host) => (host.coach = fullCoach), waitFor: "Large change" },
  team: { summary: usual, stored: { view: "team" }, waitFor: "You are in no team" },
  "team-joined": {
    summary: usual,
    prepare: (host) => {
      host.team = fullTeam;
      host.coach = promptedCoach;
    },
    stored: { view: "team" },
    waitFor: "Coaching in force",
  },
  "team-hidden": {
    summary: usual,
    prepare: (host) => (host.team = hiddenTeam),
    stored: { view: "team" },
    waitFor: "too few people took part",
  },
  "team-waiting": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.team = waitingTeam),
    stored: { view: "team" },
    waitFor: "No week is published yet",
  },
  "team-unanswered": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.team = unansweredTeam),
    stored: { view: "team" },
    waitFor: "has not answered yet",
  },
  "team-unreachable": {
    summary: usual,
    prepare: (host) => (host.team = unreachableTeam),
    stored: { view: "team" },
    waitFor: "What is shown is the last answer",
  },
  "team-sink": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.team = sinkTeam),
    stored: { view: "team" },
    waitFor: "gives nothing back",
  },
  "data-sink": {
    summary: usual,
    prepare: (host) => (host.sharing = sinkSharing),
    stored: { view: "data" },
    waitFor: "cannot be deleted from here",
  },
  "coach-prompt": {
    summary: usual,
    prepare: (host) => (host.coach = promptedCoach),
    stored: { view: "coach" },
    waitFor: "From your organisation",
    act: (page) => page.getByText("Why?").first().click(),
  },
  "data-sharing": {
    summary: usual,
    prepare: (host) => (host.sharing = fullSharing),
    stored: { view: "data" },
    waitFor: "What would leave now",
    act: (page) => page.getByText("2026-W46: sent").click(),
  },
  "data-sharing-stopped": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.sharing = stoppedSharing),
    stored: { view: "data" },
    waitFor: "Fields you have not agreed to",
  },
  data: { summary: usual, stored: { view: "data" }, waitFor: "Never recorded" },
  "data-problems": {
    summary: usual,
    prepare: (host) => (host.state = { state: "running", store: "readOnly", problems: [newer, settings] }),
    stored: { view: "data" },
    waitFor: "newer Kept",
  },
  "data-without-tools": {
    summary: onlyTyped,
    prepare: (host) => (host.tools = []),
    stored: { view: "data" },
    waitFor: "No AI tool was found",
  },
  demonstration: { summary: demonstration, waitFor: "Demonstration data" },
  starting: {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.state = { state: "starting" }),
    waitFor: "Starting",
  },
  waiting: {
    oneColumn: true,
    summary: usual,
    prepare: (host) => void (host.gate = never),
    waitFor: "Adding up",
  },
  stopped: {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.state = { state: "stopped", problem: crashed }),
    waitFor: "is not running",
  },
  empty: { oneColumn: true, summary: nothing, waitFor: "Nothing recorded yet" },
  failed: {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.summary = () => ({ ok: false, problem: timedOut })),
    waitFor: "could not be fetched",
  },
  "not-enough-data": { summary: almostNothing, waitFor: "Not enough data" },
  memory: {
    summary: usual,
    prepare: (host) => (host.state = { state: "running", store: "memory", problems: [cannotOpen] }),
    waitFor: "In memory only",
  },
  "read-only": {
    summary: usual,
    prepare: (host) => (host.state = { state: "running", store: "readOnly", problems: [newer] }),
    waitFor: "Read only",
  },
  hostile: {
    summary: hostile,
    prepare: (host) => (host.unread = hostileUnread),
    waitFor: "Where it came from",
  },
  "hostile-data": {
    summary: hostile,
    prepare: (host) => (host.tools = hostileTools(Object.values(hostileNames))),
    stored: { view: "data" },
    waitFor: "onerror",
  },
  "only-deletions": { summary: onlyDeletions, waitFor: "Where it came from" },
};
