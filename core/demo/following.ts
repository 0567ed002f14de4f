import type { OutcomeOf } from "../../protocol/funnel.ts";
import { blockLines } from "../coaching/recentEdits.ts";
import { sampleTimes } from "../retention/sampleTimes.ts";

/** What was seen of a made-up AI edit later. */
export interface DemoFollowing {
  readonly samples: readonly {
    readonly dueMs: number;
    readonly arc: number;
    readonly noRevert: number;
    readonly fourGram: number;
    readonly late: boolean;
  }[];
  readonly lines: number;
  readonly isSeen: boolean;
  /** Undefined where it stays what its evidence says. */
  readonly accepted: OutcomeOf<"accepted"> | undefined;
  readonly problems: OutcomeOf<"problems">;
  /** Undefined for edits too short to be looked for. */
  readonly repeated: OutcomeOf<"repeated"> | undefined;
  readonly saved: OutcomeOf<"saved">;
  /** Undefined while it is in no commit. */
  readonly committed: OutcomeOf<"committed"> | undefined;
  /** Undefined while its lines are too young. */
  readonly aliveAt30: OutcomeOf<"aliveAt30"> | undefined;
}

/** Of what is going to be removed, the share that is gone at each sample time: most of it within minutes. */
const goneAt: readonly number[] = [0, 0.05, 0.15, 0.25, 0.38, 0.52, 0.62, 0.7, 0.82, 1];
/** Now and then the machine is asleep when a sample is due. */
const lateShare = 0.02;
const committedShare = 0.85;
const rejectedShare = 0.3;
const seenShare = 0.8;
/** Long blocks were hardly read until somebody took to it, so many days before the last. */
const blocks = { readSince: 66, before: 0.1, since: 0.92 };
const charsOfLine = 30;

/** A made-up edit on its way: it loses what it is going to lose, quickly at first, and reaches a commit or not. */
export function demoFollowing(
  insertedChars: number,
  keptChars: number,
  { back, random }: { readonly back: number; readonly random: () => number },
): DemoFollowing {
  const lost = insertedChars - keptChars;
  const pace = 0.6 + 1.1 * random();
  const isCommitted = keptChars > 0 && random() < committedShare;
  const lines = Math.ceil(insertedChars / charsOfLine);
  return {
    samples: sampleTimes.map((dueMs, index) => {
      const gone = Math.min(1, goneAt[index]! * (index === sampleTimes.length - 1 ? 1 : pace));
      const arc = insertedChars - Math.round(lost * gone);
      const left = arc / insertedChars;
      return { dueMs, arc, noRevert: left, fourGram: left, late: index > 0 && random() < lateShare };
    }),
    lines,
    isSeen: random() < seenShareOf(lines, back),
    accepted: keptChars === 0 && random() < rejectedShare ? "rejected" : undefined,
    // By their lengths, so that the rest of the history stays what it is.
    problems: insertedChars % 13 === 0 ? "more" : "none",
    repeated: lines < 5 ? undefined : insertedChars % 17 === 0 ? "some" : "none",
    saved: "saved",
    // Nothing of the last day is committed yet.
    committed: isCommitted && back > 0 ? "committed" : undefined,
    aliveAt30: isCommitted ? aliveAfter(back, insertedChars) : undefined,
  };
}

function seenShareOf(lines: number, back: number): number {
  if (lines < blockLines) return seenShare;
  return back > blocks.readSince ? blocks.before : blocks.since;
}

/** Of what lasts no thirty days most is gone within the first. */
function aliveAfter(back: number, insertedChars: number): DemoFollowing["aliveAt30"] {
  if (insertedChars % 11 === 0 && back > 12) return "gone";
  if (back <= 30) return undefined;
  return insertedChars % 97 === 0 ? "lost" : "alive";
}
