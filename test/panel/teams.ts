import type { TeamState } from "../../protocol/heeding.ts";
import type { ProtectedCell } from "../../protocol/protection.ts";
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

export const noTeam: TeamState = {
  ...{ membership: null, answer: null, checkedAt: null, failure: null, own: [], prompts: null },
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
      tallies: [],
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
    })),
  },
};

export const waitingTeam: TeamState = {
  ...fullTeam,
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
