import type { Coach, RuleStanding, Tip } from "../../protocol/coaching.ts";

const unsure = { value: 0.4, low: null, high: null, n: 7, needsMore: 13 };
const before = { value: 0.31, low: 0.22, high: 0.41, n: 64, needsMore: 0 };

function tipOf(of: Partial<Tip> = {}): Tip {
  return {
    id: "tip-1",
    rule: "C01",
    title: "Large change",
    message: "612 AI lines in 18 files are in no commit. Changes over about 400 lines are harder to review.",
    state: "seen",
    day: "2026-03-30",
    severity: "normal",
    action: "stagePart",
    actionTitle: "Stage a part",
    evidence: [{ strength: "strong", reference: "DORA: working in small batches" }],
    expects: "the share of commits with more than 400 AI lines is lower within 28 days",
    before,
    after: null,
    effect: null,
    prompt: null,
    ...of,
  };
}

function standingOf(of: Partial<RuleStanding>): RuleStanding {
  return {
    id: "C01",
    title: "Large change",
    source: "kept",
    isFed: true,
    isMuted: false,
    retiredUntil: null,
    mayNudge: true,
    said: 3,
    heldOut: 0,
    helped: 1,
    effect: "cannotTell",
    ...of,
  };
}

/** Nothing to say. */
export const quietCoach: Coach = {
  isOn: true,
  isMuted: false,
  tip: null,
  waiting: [],
  tried: [],
  rules: [
    standingOf({}),
    standingOf({ id: "C03", title: "Accepted faster than readable", isMuted: true, said: 0, helped: 0 }),
  ],
  problems: [],
  org: null,
};

/** What an organisation says: one for this person with a prompt to copy, and others. */
export const promptedCoach: Coach = {
  ...quietCoach,
  tip: tipOf({
    id: "tip-9",
    rule: "org-5a1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f10",
    title: "Name one example file in the prompt before you ask for a test.",
    message:
      "Name one example file in the prompt before you ask for a test.\nTests that follow an example of yours were reworked half as often in the pilot.",
    prompt: {
      sender: "kept.example.org",
      contact: "coaching@example.org",
      suggestion: "Write tests like those in FILE. Keep its names and its helpers, and add none.",
    },
  }),
  org: {
    sender: "kept.example.org",
    isMuted: false,
    prompts: [
      {
        id: "5a1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f10",
        text: "Name one example file in the prompt before you ask for a test.",
        contact: "coaching@example.org",
        from: null,
        until: "2026-12-31",
        isForYou: true,
        isUnderstood: true,
      },
      {
        id: "6b1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f11",
        text: "<img src=x onerror=alert(1)> For those who begin: keep the first changes small.",
        contact: "",
        from: null,
        until: null,
        isForYou: false,
        isUnderstood: true,
      },
      {
        id: "7c1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f12",
        text: "Speaks of numbers of a later version.",
        contact: "coaching@example.org",
        from: "2026-11-01",
        until: "2026-11-30",
        isForYou: true,
        isUnderstood: false,
      },
    ],
  },
};

/** Everything the view can show at once, with names that mean harm. */
export const fullCoach: Coach = {
  ...quietCoach,
  tip: tipOf(),
  waiting: [
    tipOf({
      id: "tip-2",
      rule: "C04",
      title: "Early rewriting",
      message:
        "Edits by <img src=x onerror=alert(1)> in SQL are half rewritten within 15 minutes: 44 % is left, 67 % on average (23 edits).",
      action: "openFiles",
      actionTitle: "Open the file",
      before: unsure,
    }),
  ],
  tried: [
    tipOf({
      id: "tip-3",
      state: "done",
      day: "2026-02-27",
      after: { ...before, value: 0.12, low: 0.06, high: 0.2 },
      effect: "helped",
    }),
    tipOf({
      id: "tip-4",
      state: "dismissed",
      day: "2026-02-20",
      before: unsure,
      after: unsure,
      effect: "cannotTell",
    }),
    tipOf({ id: "tip-5", state: "snoozed", day: "2026-03-29" }),
  ],
  rules: [
    ...quietCoach.rules,
    standingOf({ id: "C06", title: "Undone after it was accepted", retiredUntil: "2026-06-01" }),
    standingOf({ id: "C09", title: "Source without tests", mayNudge: false }),
    standingOf({ id: "OWN", title: "<b>Ours</b>", source: "workspace" }),
    standingOf({
      id: "C16",
      title: "Heavy model, light work",
      isFed: false,
      mayNudge: false,
      said: 0,
      helped: 0,
    }),
  ],
  problems: [
    {
      file: "/projects/shop/.kept/rules/own.json",
      line: 12,
      reason: "when: there is no number of the name prompts (at character 1)",
    },
    {
      file: "/projects/shop/.kept/rules/huge.json",
      line: null,
      reason: "it has 90112 bytes; 65536 is the most",
    },
  ],
};
