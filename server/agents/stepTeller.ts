import { createHash } from "node:crypto";
import { briefingChars, kindOfCall, type CallKind } from "../../core/tools/toolSteps.ts";
import { testOutcome } from "../../core/tools/testOutcome.ts";
import type { Sink } from "./agent.ts";
import { textOf, type Fields } from "./fields.ts";
import { OpenCalls } from "./openCalls.ts";

/** Where and when something was called. */
export interface StepPlace {
  readonly session: string;
  readonly at: number;
  readonly folder?: string | undefined;
}

/** How a call ended, as far as its tool says so: `ended` where it says no more. */
export interface StepResult {
  readonly outcome: "applied" | "rejected" | "failed" | "ended";
  /** What was printed, where that tells more. */
  readonly output?: string | undefined;
}

/** Tells of one reader what its agent does besides writing. Of test runs, and of secrets, only when it is known how they ended. */
export class StepTeller {
  readonly #tool: string;
  readonly #open = new OpenCalls<CallKind>();
  #isOpened = false;

  constructor(tool: string) {
    this.#tool = tool;
  }

  called(id: string, name: string, input: Fields, place: StepPlace, sink: Sink): void {
    const called = kindOfCall(name, {
      path: textOf(input["file_path"] ?? input["filePath"] ?? input["absolute_path"] ?? input["path"]),
      command: commandOf(input["command"] ?? input["cmd"]),
    });
    if (!called) return;
    const { kind, subject } = called;
    if (kind === "test" || kind === "secret") this.#open.add(id, called);
    else this.#tell(id, { kind, ...(subject !== undefined && { subject: digestOf(subject) }) }, place, sink);
  }

  /** Whether it matters how a call ended. */
  isOpen(id: string): boolean {
    return this.#open.isOpen(id);
  }

  answered(id: string, { outcome, output }: StepResult, place: StepPlace, sink: Sink): void {
    const known = this.#open.take(id);
    if (!known || outcome === "rejected") return;
    const { kind, subject } = known;
    if (kind === "secret") {
      if (outcome !== "failed") this.#tell(id, { kind, subject: subject! }, place, sink);
      return;
    }
    const ended = testOutcome({ command: subject!, isSuccess: statuses[outcome], output });
    if (ended) this.#tell(id, { kind: ended, subject: digestOf(subject!) }, place, sink);
  }

  /** What a person wrote: only whether the first of it is a long briefing, and whether two are the same. */
  asked(text: string, place: StepPlace, sink: Sink): void {
    if (this.#isOpened) return;
    this.#isOpened = true;
    if (text.length < briefingChars) return;
    this.#tell(`opening ${place.session}`, { kind: "opening", subject: digestOf(text.trim()) }, place, sink);
  }

  #tell(
    id: string,
    step: Pick<Parameters<NonNullable<Sink["step"]>>[0], "kind" | "subject">,
    place: StepPlace,
    sink: Sink,
  ): void {
    sink.step?.({ tool: this.#tool, id, ...step, ...place });
  }
}

const statuses = { applied: true, failed: false, ended: undefined } as const;

/** Of a list of words the last is the script that a shell is given. */
function commandOf(value: unknown): string | undefined {
  return Array.isArray(value) ? textOf(value.at(-1)) : textOf(value);
}

/** So that no text is handed on. It is hashed again, with the device's key, before it is stored. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
