import type { Problem } from "../../protocol/errors.ts";
import type { Unread } from "../../protocol/seen.ts";
import { fullCoach } from "./coaches.ts";
import { emptyDigest } from "./digests.ts";
import type { Scene } from "./scene.ts";
import { scenesOfSharing } from "./scenesOfSharing.ts";
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
import { hostileTools } from "./tools.ts";

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
  "today-waiting": {
    summary: usual,
    stored: { view: "today" },
    waitFor: "Measured",
    act: (page) => page.getByRole("button", { name: /waits? for (?:its|their) data/ }).click(),
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
  coach: {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.digest = emptyDigest),
    stored: { view: "coach" },
    waitFor: "No tip yet",
  },
  "coach-tips": {
    summary: usual,
    prepare: (host) => (host.coach = fullCoach),
    stored: { view: "coach" },
    waitFor: "Rules of this workspace",
    act: (page) => page.getByText("Why?").first().click(),
  },
  "coach-unfolded": {
    summary: usual,
    prepare: (host) => (host.coach = fullCoach),
    stored: { view: "coach", openTables: ["coach.tried", "coach.practice", "coach.rules"] },
    waitFor: "more rule has not spoken",
  },
  "today-tip": { summary: usual, prepare: (host) => (host.coach = fullCoach), waitFor: "Large change" },
  ...scenesOfSharing,
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
