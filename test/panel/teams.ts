import type { TeamState } from "../../protocol/heeding.ts";
import type { ProtectedCell } from "../../protocol/protection.ts";
import { tallies as declared, type PublishedTally, type TallyName } from "../../protocol/tallies.ts";
import type { PanelResult } from "../../protocol/panel.ts";

const at = Date.UTC(2026, 10, 20, 12);
const columns = ["claude-code", "github-copilot", "human"];

function shown(insertedChars: number, share: number): ProtectedCell {
  return {
    state: "shown",
    people: 8,
    edits: 400,
    insertedChars,
    keptChars: Math.round(insertedChars * share),
  };
}

const hidden: ProtectedCell = { state: "hidden", why: "fewPeople" };
const complement: ProtectedCell = { state: "hidden", why: "complement" };

const weekNames = ["2026-W46", "2026-W45", "2026-W44", "2026-W43", "2026-W42", "2026-W41"];

function amounts(insertedChars: number, share: number) {
  return { edits: 40, insertedChars, keptChars: Math.round(insertedChars * share) };
}

/** Of one table nothing may be shown. */
function tallies(week: string): PublishedTally[] {
  const team = "Payments <b>&</b> Billing";
  const table = (name: TallyName, keys: string[][], sums: number[][]): PublishedTally => ({
    ...{ table: name, week, floor: 5 },
    keys: Object.keys(declared[name].keys),
    sums: Object.keys(declared[name].sums),
    cells: keys.map((each, index) => ({ team, keys: each, sums: sums[index]! })),
    hidden: keys.length === 0 ? ["fewPeople"] : [],
  });
  return [
    table("kept.funnel", [["claude-code", "agent"]], [[300, 40, 20, 12, 8, 290, 60, 240]]),
    table(
      "kept.requests",
      [["claude-code", "*", "*"]],
      [[900, 200_000, 80_000, 1_500_000, 90_000, 4200, 20]],
    ),
    table(
      "kept.survival",
      [
        ["ai", "*", "14"],
        ["human", "none", "14"],
      ],
      [
        [2100, 1700, 300, 100, 60],
        [1800, 1600, 100, 100, 20],
      ],
    ),
    table("kept.tip", [], []),
  ];
}

export const noTeam: TeamState = {
  ...{ membership: null, answer: null, checkedAt: null, failure: null, own: [], ownTallies: [] },
  ...{ audit: null, prompts: null },
};

const prompts: NonNullable<TeamState["prompts"]> = {
  arePinned: true,
  inForce: 3,
  sequence: 4,
  expiresAt: at + 9 * 86_400_000,
  checkedAt: at,
  refused: null,
  failure: null,
};

/** Six weeks, of which one is hidden, with a tool that too few people use. */
export const fullTeam: TeamState = {
  membership: {
    sender: "kept.example.org",
    mode: "collector",
    team: "Payments <b>&</b> Billing",
    stoppedBy: null,
  },
  answer: {
    team: "Payments <b>&</b> Billing",
    participation: { state: "shown", joined: 9, of: 14 },
    weeks: weekNames.map((week, index) => ({
      week,
      floor: 5,
      columns,
      tallies: index === 0 ? tallies(week) : [],
      team:
        index === 2
          ? { all: hidden, cells: [hidden, hidden, hidden] }
          : {
              all: shown(120_000, 0.8 - 0.02 * index),
              cells: [shown(70_000, 0.78 - 0.02 * index), complement, shown(40_000, 0.86)],
            },
      everybody: {
        all: shown(900_000, 0.82),
        cells: [shown(400_000, 0.8), shown(200_000, 0.74), shown(300_000, 0.88)],
      },
    })),
    targets: { A1: 0.6, Q4: 0.1, Q2: 0.7 },
  },
  checkedAt: at,
  failure: null,
  own: weekNames.map((week, index) => ({
    week,
    all: amounts(14_000, 0.9 - 0.03 * index),
    columns: { "claude-code": amounts(9000, 0.91), human: amounts(5000, 0.88) },
  })),
  ownTallies: [
    {
      table: "kept.funnel",
      keys: { tool: "claude-code", mode: "agent" },
      sums: { accepted: 40, kept: 33, gone: 5 },
    },
    {
      table: "kept.requests",
      keys: { tool: "claude-code" },
      sums: { requests: 80, unpriced: 0, costNano: 3_200_000_000 },
    },
    { table: "kept.survival", keys: { kind: "human", age: "14" }, sums: { lines: 210, surviving: 190 } },
  ],
  audit: {
    answer: {
      entries: [
        { day: "2026-11-19", who: "Ada, CoE lead", did: "published prompts", subject: "bundle 4" },
        { day: "2026-11-19", who: "Finance <i>", did: "exported numbers", subject: "12 weeks of everybody" },
        {
          day: "2026-11-02",
          who: "kept-org token",
          did: "made an invitation",
          subject: "Payments <b>&</b> Billing",
        },
      ],
      older: null,
    },
    checkedAt: at,
    failure: null,
  },
  prompts,
};

/** Nobody else could be told apart: everything is hidden. */
export const hiddenTeam: TeamState = {
  ...fullTeam,
  answer: {
    ...fullTeam.answer!,
    participation: { state: "hidden" },
    targets: {},
    weeks: fullTeam.answer!.weeks.slice(0, 2).map((week) => ({
      ...week,
      team: { all: hidden, cells: [hidden, hidden, hidden] },
      tallies: week.tallies.map((tally) => ({ ...tally, cells: [], hidden: ["complement" as const] })),
    })),
  },
  audit: { answer: { entries: [], older: null }, checkedAt: at, failure: null },
};

/** A collector that is not Kept's gives nothing back. */
export const sinkTeam: TeamState = {
  ...noTeam,
  membership: { sender: "otel.example.org", mode: "sink", team: null, stoppedBy: null },
};

export const waitingTeam: TeamState = {
  ...fullTeam,
  ...{ ownTallies: [], audit: { answer: null, checkedAt: null, failure: null } },
  answer: { ...fullTeam.answer!, participation: { state: "hidden" }, weeks: [], targets: {} },
  own: [],
  prompts: { ...prompts, inForce: 0, expiresAt: null },
};

export const unansweredTeam: TeamState = {
  ...noTeam,
  membership: { sender: "kept.example.org", mode: "collector", team: null, stoppedBy: "telemetryOff" },
};

export const unreachableTeam: TeamState = {
  ...fullTeam,
  failure: "connect ECONNREFUSED",
  prompts: { ...prompts, refused: "It has expired.", failure: "connect ECONNREFUSED" },
};

type Sharing = PanelResult<"sharing">;

export const notSharing: Sharing = {
  state: { consent: null, folders: [], pendingDeletions: 0, isForbidden: false, invitation: null },
  batches: [],
  next: [],
};

const batch = `{"resourceLogs":[{"resource":{"attributes":[{"key":"batch.id","value":{"stringValue":"5a1c2b7e"}}]}}]}`;

/** Every state of a batch, and folders for every reason. */
export const fullSharing: Sharing = {
  state: {
    consent: {
      mode: "collector",
      endpoint: "https://kept.example.org",
      team: "Payments <b>&</b> Billing",
      givenAt: at,
      stoppedBy: null,
      waitingEdits: 31,
      waitingBatches: 1,
      sentBatches: 12,
      refusedBatches: 1,
      newFields: [],
    },
    folders: [
      { uri: "file:///home/ada/shop", isWork: true, because: "list" },
      { uri: "file:///home/ada/a%20rather%20long%20name%20of%20a%20folder", isWork: true, because: "person" },
      { uri: "file:///home/ada/diary", isWork: false, because: "none" },
      { uri: "file:///home/ada/secret", isWork: false, because: "policy" },
    ],
    pendingDeletions: 2,
    isForbidden: false,
    invitation: null,
  },
  batches: [
    { id: "1", week: "2026-W47", records: 6, state: "waiting", endedAt: null, reason: "", text: batch },
    { id: "2", week: "2026-W46", records: 41, state: "sent", endedAt: at, reason: "", text: batch },
    {
      id: "3",
      week: "2026-W45",
      records: 3,
      state: "refused",
      endedAt: at,
      reason: "<img src=x onerror=alert(1)> The request does not have the agreed form",
      text: "no JSON",
    },
  ],
  next: [batch],
};

export const stoppedSharing: Sharing = {
  ...fullSharing,
  state: {
    ...fullSharing.state,
    consent: {
      ...fullSharing.state.consent!,
      team: null,
      stoppedBy: "newFields",
      newFields: [
        { name: "kept.day/mode", meaning: "How AI was used.", sensitivity: "none", retention: "35 days" },
      ],
    },
    folders: [],
    pendingDeletions: 0,
  },
  batches: [],
  next: [],
};

/** Shared with a collector that is not Kept's, whose header fields are not at hand. */
export const sinkSharing: Sharing = {
  ...fullSharing,
  state: {
    ...fullSharing.state,
    consent: {
      ...fullSharing.state.consent!,
      ...{ mode: "sink", endpoint: "https://otel.example.org/otlp", team: null, stoppedBy: "headersMissing" },
    },
  },
};
