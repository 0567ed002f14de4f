import { grouped } from "../../../../core/grouped.ts";
import { commonEnds } from "../../../../core/text/minimise.ts";
import { chatSession } from "../../agents/chatRecords.ts";
import { editingState, operation, textEdits, type EditingGiven } from "../../agents/copilotRecords.ts";
import { editorCall } from "./lineForms.ts";
import { madeModel, type MadeCall, type MadeEdit } from "./made.ts";

/** Records that VS Code keeps of a chat, of which each answer calls its tools so many times. */
const callsOfRequest = 2;

interface PlacedCall extends MadeCall {
  readonly number: number;
  readonly request: string;
}

/** What the editor keeps of a chat: it shows what was edited, and says of no call how it went. */
export function chat(session: string, calls: readonly MadeCall[]): object {
  const done = placed(calls).filter(({ outcome }) => outcome !== "proposed");
  const requests = [...grouped(done, ({ request }) => request)].map(([requestId, made]) => {
    const toolCalls = made.map(({ edit }) => {
      const { toolName, arguments: given } = editorCall(edit);
      return { id: `${edit.call}__vscode-1`, name: toolName, arguments: JSON.stringify(given) };
    });
    const shown = made
      .filter(({ edit, outcome }) => outcome === "applied" && edit.madeBy !== "shell")
      .map(({ edit: { path } }) => {
        const uri = { $mid: 1, fsPath: path, path, scheme: "file" };
        return { kind: "textEditGroup", uri, edits: [], done: true };
      });
    return {
      requestId,
      timestamp: made[0]!.at,
      modelId: `copilot/${madeModel}`,
      agent: { id: "github.copilot.editsAgent", modes: ["agent"] },
      response: [{ value: "an answer" }, ...shown],
      result: { metadata: { toolCallRounds: [{ response: "an answer", toolCalls }] } },
    };
  });
  return { ...chatSession(requests), sessionId: session };
}

/**
 * What it keeps of a chat's edits: each file as it was when a request first edited it, and the ranges that were edited
 * since, whatever others did to the file in between. What was refused is taken back, and is gone with the next edit.
 */
export function chatEdits(_session: string, calls: readonly MadeCall[]): object {
  const edited = placed(calls).filter(
    ({ edit, outcome }) => (outcome === "applied" || outcome === "rejected") && edit.madeBy !== "shell",
  );
  const last = edited.at(-1);
  const there = edited.filter((call) => call.outcome === "applied" || call === last);
  const isBack = last?.outcome === "rejected";
  const begun = grouped(edited, ({ request, edit }) => `${request} ${edit.path}`);
  const decided = grouped(edited, ({ edit }) => edit.path);
  const given: EditingGiven = {
    baselines: [...begun.values()].flatMap(([first]) => {
      const { edit, request, number } = first!;
      return edit.textBefore === undefined
        ? []
        : [[edit.path, request, epochOf(number) + 1, edit.textBefore] as const];
    }),
    operations: there.flatMap((call) => operationsOf(call)),
    // Two calls of three are known to end before the next.
    stops: [0, ...there.flatMap(({ number }) => (number % 3 === 0 ? [] : [epochOf(number)]))],
    currentEpoch: last ? epochOf(last.number) + (isBack ? 2 : 9) : 1,
    files: [...decided].map(([path, made]) => {
      const { request } = made.at(-1)!;
      const outcomes = made.filter((call) => call.request === request).map(({ outcome }) => outcome);
      const isUndone = outcomes.every((outcome) => outcome === "rejected");
      // Every other that was not is kept by the person.
      return [path, request, isUndone ? 2 : made.at(-1)!.number % 2] as const;
    }),
  };
  return editingState(given);
}

function placed(calls: readonly MadeCall[]): PlacedCall[] {
  return calls.map((call, number) => ({
    ...call,
    number,
    request: `request ${Math.floor(number / callsOfRequest)}`,
  }));
}

/** Ten for each call, of which its operations have two. */
function epochOf(number: number): number {
  return 10 * (number + 1);
}

function operationsOf({ edit, request, number }: PlacedCall): object[] {
  const { path, textBefore, textAfter } = edit;
  const epoch = epochOf(number) + 2;
  if (textBefore === undefined)
    return [operation("create", path, request, epoch, { initialContent: textAfter })];
  const { start, end, text } = changeOf(edit, textBefore);
  // It comes in as it is written: the first line of it, then the rest.
  const first = text.slice(0, text.indexOf("\n") + 1);
  const between = textBefore.slice(0, start) + first + textBefore.slice(end);
  const at = start + first.length;
  return [
    textEdits(path, request, epoch, [[rangeOf(textBefore, start, end), first]]),
    textEdits(path, request, epoch + 1, [[rangeOf(between, at, at), text.slice(first.length)]]),
  ];
}

function changeOf({ textAfter }: MadeEdit, textBefore: string) {
  const { prefix, suffix } = commonEnds(textBefore, textAfter);
  return {
    start: prefix,
    end: textBefore.length - suffix,
    text: textAfter.slice(prefix, textAfter.length - suffix),
  };
}

function rangeOf(text: string, start: number, end: number) {
  return [...positionOf(text, start), ...positionOf(text, end)] as const;
}

function positionOf(text: string, offset: number): readonly [line: number, column: number] {
  const lines = text.slice(0, offset).split("\n");
  return [lines.length, lines.at(-1)!.length + 1];
}
