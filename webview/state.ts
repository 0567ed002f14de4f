import type { Coach } from "../protocol/coaching.ts";
import type { ToolHealth } from "../protocol/connections.ts";
import type { CommandId } from "../protocol/commandIds.ts";
import type { Digest } from "../protocol/digest.ts";
import type { Problem } from "../protocol/errors.ts";
import type { TeamState } from "../protocol/heeding.ts";
import type { PanelResult, PanelState } from "../protocol/panel.ts";
import { mostEditsBehind, type EditsBehind } from "../protocol/editsBehind.ts";
import type { Unread } from "../protocol/seen.ts";
import type { Question, Summary } from "../protocol/summary.ts";
import type { Behind, Remembered, TableId, ViewId } from "./memory.ts";

/** The person's own clock at the moment the numbers came. */
export interface Moment {
  readonly day: string;
  readonly hour: number;
}

/** Everything the panel shows is a function of this. */
export interface PanelModel extends Remembered {
  /** How things stand; undefined until the host has said it. */
  readonly host: PanelState | undefined;
  readonly summary: Summary | undefined;
  /** When `summary` came. */
  readonly moment: Moment | undefined;
  /** Empty as long as nothing is known of it. */
  readonly unread: Unread;
  /** The edits that stand behind a number, once they came. */
  readonly edits: EditsBehind | undefined;
  /** The tips and the rules; undefined until they were asked for. */
  readonly coach: Coach | undefined;
  /** What the last seven days came to; undefined until it was asked for. */
  readonly digest: Digest | undefined;
  /** The team's numbers; undefined until they were asked for. */
  readonly team: TeamState | undefined;
  /** How sharing stands; undefined until it was asked for. */
  readonly sharing: Sharing | undefined;
  /** Whether tools tell of themselves; undefined until it was asked for. */
  readonly tools: readonly ToolHealth[] | undefined;
  /** Why the last request for numbers failed. */
  readonly failure: Problem | undefined;
  /** What the last button did. */
  readonly done: Done | undefined;
}

export type Sharing = PanelResult<"sharing">;

export interface Done {
  readonly command: CommandId | "settings" | "openEdit" | "markFolder";
  readonly problem: Problem | undefined;
}

export type PanelEvent =
  | { readonly type: "hostChanged"; readonly host: PanelState }
  | { readonly type: "summaryCame"; readonly summary: Summary; readonly moment: Moment }
  | { readonly type: "unreadCame"; readonly unread: Unread }
  | { readonly type: "behindOpened"; readonly behind: Behind }
  | { readonly type: "behindClosed" }
  | {
      readonly type: "editsCame";
      readonly behind: Behind;
      readonly edits: EditsBehind;
      /** Where these go on; undefined for the start of the list. */
      readonly after?: EditsBehind["next"];
    }
  | { readonly type: "coachCame"; readonly coach: Coach }
  | { readonly type: "digestCame"; readonly digest: Digest }
  | { readonly type: "teamCame"; readonly team: TeamState }
  | { readonly type: "sharingCame"; readonly sharing: Sharing }
  | { readonly type: "toolsCame"; readonly tools: readonly ToolHealth[] }
  | { readonly type: "requestFailed"; readonly problem: Problem }
  | { readonly type: "viewChosen"; readonly view: ViewId }
  | { readonly type: "periodChosen"; readonly days: number }
  | { readonly type: "scopeChosen"; readonly scope: Question["scope"] }
  | { readonly type: "tableToggled"; readonly table: TableId }
  | { readonly type: "commandDone"; readonly done: Done };

export function startingModel(remembered: Remembered): PanelModel {
  return {
    ...remembered,
    host: undefined,
    summary: undefined,
    moment: undefined,
    unread: { files: [] },
    edits: undefined,
    coach: undefined,
    digest: undefined,
    team: undefined,
    sharing: undefined,
    tools: undefined,
    failure: undefined,
    done: undefined,
  };
}

export function reduce(model: PanelModel, event: PanelEvent): PanelModel {
  switch (event.type) {
    case "hostChanged":
      return { ...model, host: event.host, failure: undefined };
    case "summaryCame":
      // An answer to what was asked before another period or scope was chosen.
      if (!sameQuestion(event.summary.question, model.question)) return model;
      return { ...model, summary: event.summary, moment: event.moment, failure: undefined };
    case "unreadCame":
      return { ...model, unread: event.unread };
    case "coachCame":
      return { ...model, coach: event.coach };
    case "digestCame":
      return { ...model, digest: event.digest };
    case "teamCame":
      return { ...model, team: event.team };
    case "sharingCame":
      return { ...model, sharing: event.sharing };
    case "toolsCame":
      return { ...model, tools: event.tools };
    case "requestFailed":
      return { ...model, failure: event.problem };
    case "viewChosen":
      return { ...model, view: event.view, behind: null, edits: undefined, done: undefined };
    case "behindOpened":
      return { ...model, behind: event.behind, edits: undefined, done: undefined };
    case "behindClosed":
      return { ...model, behind: null, edits: undefined, done: undefined };
    case "editsCame":
      // An answer to what was asked before another list, or none, was chosen.
      if (event.behind !== model.behind || event.after !== (event.after && model.edits?.next)) return model;
      return { ...model, edits: event.after ? goneOn(model.edits, event.edits) : event.edits };
    case "periodChosen":
      return { ...model, edits: undefined, question: { ...model.question, days: event.days } };
    case "scopeChosen":
      return { ...model, edits: undefined, question: { ...model.question, scope: event.scope } };
    case "tableToggled":
      return { ...model, openTables: toggle(model.openTables, event.table) };
    case "commandDone":
      return { ...model, done: event.done };
  }
}

/** What a view that lives from numbers shows. */
export type Screen =
  | { readonly show: "starting" }
  | { readonly show: "stopped"; readonly problem: Problem }
  | { readonly show: "failed"; readonly problem: Problem }
  | { readonly show: "waiting" }
  | { readonly show: "empty"; readonly summary: Summary }
  | { readonly show: "numbers"; readonly summary: Summary };

export function screenOf({ host, summary, question, failure }: PanelModel): Screen {
  if (host?.state === "stopped") return { show: "stopped", problem: host.problem };
  const current = summary && sameQuestion(summary.question, question) ? summary : undefined;
  // A failure about numbers that are already there is a line above them.
  if (failure && !current) return { show: "failed", problem: failure };
  if (host?.state !== "running") return { show: "starting" };
  // While another period is fetched the numbers of the last one stay, so that nothing jumps.
  const shown = current ?? summary;
  if (!shown) return { show: "waiting" };
  return { show: shown.edits === 0 ? "empty" : "numbers", summary: shown };
}

export function remembered({ view, question, openTables, behind }: PanelModel): Remembered {
  return { view, question, openTables, behind };
}

export function sameQuestion(left: Question, right: Question): boolean {
  return left.days === right.days && left.scope === right.scope;
}

/** Whether more of the list than its start is there. */
export function isGoneOn({ edits }: PanelModel): boolean {
  return edits !== undefined && Math.max(edits.edits.length, edits.rows?.length ?? 0) > mostEditsBehind;
}

function goneOn(start: EditsBehind | undefined, { edits, rows, next }: EditsBehind): EditsBehind {
  return {
    edits: [...(start?.edits ?? []), ...edits],
    ...(rows ? { rows: [...(start?.rows ?? []), ...rows] } : {}),
    ...(next ? { next } : {}),
  };
}

function toggle<Value>(values: readonly Value[], value: Value): readonly Value[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
