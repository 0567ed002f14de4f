import type { AllowanceWindow } from "../../../protocol/allowance.ts";
import { totalOf } from "../../../core/requests/tasks.ts";
import type { ToolEdit, ToolRequest } from "../../../core/tools/toolRecords.ts";
import type { ToolStep } from "../../../core/tools/toolSteps.ts";
import type { FileSink } from "./recordFile.ts";
import type { RecordsRead, RecordWatchOptions } from "./recordWatch.ts";
import { TaskEditsOfPart } from "./taskEditsOfPart.ts";

/**
 * Requests and edits that are told at once, in some hundred kilobytes: longer texts are garbage that is not collected soon.
 */
const mostAtOnce = 300;

/** What a look finds, told as it is found: the first look at a year of logs finds a hundred thousand requests. */
export class PartsOfLook {
  readonly #at: number;
  readonly #since: number;
  readonly #requestsSince: number;
  readonly #tell: (part: RecordsRead) => void;
  #edits: ToolEdit[] = [];
  #requests: ToolRequest[] = [];
  /** Where each of them stands, by tool and id. */
  #places = new Map<string, Map<string, number>>();
  readonly #taskEdits = new TaskEditsOfPart();
  #steps: ToolStep[] = [];
  readonly #allowances = new Map<string, AllowanceWindow>();
  #problems: Record<string, number> = {};

  constructor(
    at: number,
    { since, requestsSince = Infinity }: Pick<RecordWatchOptions, "since" | "requestsSince">,
    tell: (part: RecordsRead) => void,
  ) {
    this.#at = at;
    this.#since = since;
    this.#requestsSince = requestsSince;
    this.#tell = tell;
  }

  sinkOf(tool: string): FileSink {
    return {
      request: (request) => {
        if (request.at >= this.#requestsSince) this.#addLargest(request);
      },
      edit: (edit) => {
        if (this.#isFull()) this.tell(true);
        if (edit.at >= this.#since) this.#edits.push(edit);
        if (edit.at >= this.#requestsSince && !edit.isEvidenceAlone) this.#taskEdits.add(edit);
      },
      step: (step) => {
        if (step.at < this.#requestsSince) return;
        if (this.#isFull()) this.tell(true);
        this.#steps.push(step);
      },
      allowance: (window) => {
        const key = `${window.tool} ${window.windowMinutes}`;
        const isLater = window.readAt >= (this.#allowances.get(key)?.readAt ?? this.#requestsSince);
        if (isLater) this.#allowances.set(key, window);
      },
      problem: () => (this.#problems[tool] = (this.#problems[tool] ?? 0) + 1),
    };
  }

  tell(goesOn: boolean): void {
    const allowances = goesOn ? [] : [...this.#allowances.values()];
    const found = {
      ...{ edits: this.#edits, requests: this.#requests, taskEdits: this.#taskEdits.take(), allowances },
      ...(this.#steps.length > 0 && { steps: this.#steps }),
    };
    const problems = this.#problems;
    this.#edits = [];
    this.#requests = [];
    this.#places = new Map();
    this.#steps = [];
    this.#problems = {};
    this.#tell({ at: this.#at, ...found, problems, goesOn });
  }

  #isFull(): boolean {
    const rows = Math.max(this.#edits.length, this.#taskEdits.count) + this.#steps.length;
    return this.#requests.length + rows >= mostAtOnce;
  }

  /** Of one request a log has a line for each part of its answer: the largest total is the whole of it. */
  #addLargest(request: ToolRequest): void {
    const place = this.#places.get(request.tool)?.get(request.id);
    if (place === undefined) {
      if (this.#isFull()) this.tell(true);
      this.#placesOf(request.tool).set(request.id, this.#requests.push(request) - 1);
      return;
    }
    const { tokens, session, at } = this.#requests[place]!;
    if (totalOf(request.tokens) > totalOf(tokens)) this.#requests[place] = { ...request, session, at };
  }

  #placesOf(tool: string): Map<string, number> {
    let places = this.#places.get(tool);
    if (!places) this.#places.set(tool, (places = new Map<string, number>()));
    return places;
  }
}
