import type { ReplayFile, ReplayStep } from "../../protocol/replay.ts";

/** What is wrong with a replay file, and where. Thrown, because nothing that follows makes sense. */
export class ReplayProblem extends Error {}

/** The rules that can be told without the text. */
export function checkSteps({ steps }: ReplayFile): void {
  const ids = new Set<string>();
  steps.forEach((step, index) => {
    const place = `steps[${index}]`;
    const previous = steps[index - 1];
    if (previous && step.at < previous.at) {
      throw new ReplayProblem(
        `${place}.at is ${step.at}, earlier than the step before it (${previous.at}): put the steps in order of time.`,
      );
    }
    checkSource(step, place);
    if (step.origin?.kind === "ai") {
      if (step.id === undefined) throw new ReplayProblem(`${place} is an AI step and needs an id.`);
      if (ids.has(step.id)) {
        throw new ReplayProblem(
          `${place}.id is "${step.id}" like that of an AI step before it: use each id once.`,
        );
      }
      ids.add(step.id);
    }
  });
}

/** The rules for a step's edits, given the length of the text they apply to. */
export function checkEdits({ edits = [] }: ReplayStep, index: number, textLength: number): void {
  let lastEnd = 0;
  edits.forEach(({ start, end }, at) => {
    const place = `steps[${index}].edits[${at}]`;
    if (end < start) throw new ReplayProblem(`${place} ends at ${end}, before it starts at ${start}.`);
    if (end > textLength) {
      throw new ReplayProblem(
        `${place} ends at ${end}, but the text before the step has only ${textLength} UTF-16 code units.`,
      );
    }
    if (start < lastEnd) {
      throw new ReplayProblem(
        `${place} starts at ${start}, before the edit before it ends (${lastEnd}): edits of a step are sorted and ` +
          "disjoint, and all refer to the text before the step.",
      );
    }
    lastEnd = end;
  });
}

function checkSource(step: ReplayStep, place: string): void {
  const { origin, evidence, reason, reload, save, close, branch, edits = [] } = step;
  const saysWho = [origin, reason, evidence ?? reload ?? save].filter((source) => source !== undefined);
  if (saysWho.length > 1) {
    throw new ReplayProblem(`${place} says more than once where its edits come from: keep one of them.`);
  }
  if (edits.length > 0 && saysWho.length === 0) {
    throw new ReplayProblem(
      `${place} does not say where its edits come from: add origin, evidence, reason, reload or save.`,
    );
  }
  if (saysWho.length === 0 && close === undefined && branch === undefined) {
    throw new ReplayProblem(
      `${place} says nothing: add origin, evidence, reason, reload, save, close or branch.`,
    );
  }
  if (close && edits.length > 0) throw new ReplayProblem(`${place} closes the document and cannot edit it.`);
}
