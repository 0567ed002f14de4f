import { inputs } from "../../core/metrics/metric.ts";
import { metrics } from "../../core/metrics/metrics.ts";
import { verdictOf } from "../../core/metrics/verdict.ts";
import {
  aim,
  definitionOf,
  evidenceOf,
  percentOrNone,
  trendWords,
  type Card,
  type DimensionName,
  type Targets,
  dimensions,
} from "./card.ts";
import { percent } from "../../core/percent.ts";
import { aiShare, keptShare, reasonWords } from "./measured.ts";
import { cellOf, isTool, type View } from "./period.ts";
import { tallyCards, type Tally } from "./tallyCards.ts";

/** Those whose numbers are waited for, a few of each dimension. */
const awaited: Readonly<Record<DimensionName, readonly string[]>> = {
  adoption: [],
  speed: ["S3", "S1"],
  quality: [],
  reliability: ["R3", "R5"],
  cost: ["C3"],
};

export function scorecardOf(view: View, targets: Targets, tally: Tally): Card[] {
  const own = [aiShareCard(view), toolsCard(view), keptCard(view), ...tallyCards(view, targets, tally)];
  const ids = Object.keys(dimensions) as DimensionName[];
  return ids.flatMap((dimension) => [
    ...own.filter((card) => card.dimension === dimension),
    ...awaited[dimension].map((id) => awaitedCard(id, dimension, targets)),
  ]);
}

function aiShareCard(view: View): Card {
  const now = aiShare(view.weeks);
  return {
    ...definitionOf("A3"),
    dimension: "adoption",
    now: percentOrNone(now.value),
    evidence: evidenceOf(now, "edits"),
    target: undefined,
    trend: trendWords(now, aiShare(view.before), view.period),
    verdict: undefined,
    action: "Never a target: look at what is kept of it before anything else.",
  };
}

function toolsCard(view: View): Card {
  const [newest] = view.weeks;
  const cells = (newest?.columns ?? [])
    .filter(isTool)
    .flatMap((tool) => (newest === undefined ? [] : (cellOf(newest, tool) ?? [])));
  const used = cells.filter((cell) => cell.state === "shown" && cell.edits > 0).length;
  const hidden = cells.flatMap((cell) => (cell.state === "hidden" ? [cell.why] : []));
  const isAllHidden = hidden.length > 0 && hidden.length === cells.length;
  return {
    ...definitionOf("A4"),
    dimension: "adoption",
    now: newest === undefined || isAllHidden ? undefined : String(used),
    evidence:
      newest === undefined
        ? "No complete week was published yet."
        : `In the newest complete week.${hidden.length === 0 ? "" : ` Of ${hidden.length} more it is not told. ${reasonWords(hidden)}`}`,
    target: undefined,
    trend: undefined,
    verdict: undefined,
    action:
      used > 5
        ? "Many tools: compare what is kept of each under Outcomes."
        : "See who uses which under Adoption.",
  };
}

function keptCard(view: View): Card {
  const ai = keptShare(view.weeks, isTool);
  const human = keptShare(view.weeks, (column) => column === "human");
  const target = human.value;
  const verdict = verdictOf("higher", target, ai.interval) ?? "notEnoughData";
  const isTold = ai.value !== undefined && target !== undefined;
  return {
    id: "kept",
    dimension: "quality",
    name: "AI text kept",
    definition: "Of the characters AI inserted, those that were never removed when the day was counted.",
    now: percentOrNone(ai.value),
    evidence: evidenceOf(ai, "edits"),
    target: target === undefined ? undefined : `human text, ${percent(target)}`,
    trend: trendWords(ai, keptShare(view.before, isTool), view.period),
    verdict,
    action: {
      meets: "What AI writes lasts like people's text: look at cost next.",
      misses: "Compare the tools under Outcomes, and say what to try in a prompt.",
      notEnoughData: isTold
        ? "No difference from people's text can be told: see under Outcomes whether tools differ."
        : ai.hidden.includes("fewPeople")
          ? "Waiting alone shows nothing here: look at a larger group, or invite more people."
          : "Wait for more complete weeks, or invite more people.",
    }[verdict],
  };
}

/** Why a number cannot be made of what devices send. */
const apart: Readonly<Record<string, string>> = {
  C3: "Cost and kept text are sent apart: which belongs to which stays on the machine.",
  R3: "Tasks are not sent one by one: what each kept stays on the machine.",
};

function awaitedCard(id: string, dimension: DimensionName, targets: Targets): Card {
  const metric = metrics.find((each) => each.id === id);
  const target = targets[id] ?? metric?.target;
  const words = metric === undefined ? "" : inputs[metric.input].words;
  return {
    ...definitionOf(id),
    dimension,
    now: undefined,
    evidence:
      apart[id] ??
      (metric?.input === "org" ? `Needs ${words}.` : `Needs ${words}, which devices do not send yet.`),
    target: target === undefined ? undefined : aim(metric?.direction ?? "none", target),
    trend: undefined,
    verdict: target === undefined ? undefined : "notEnoughData",
    action:
      metric?.input === "org"
        ? "Nothing to do: no source for it can be connected yet."
        : "Each developer sees their own number in the editor.",
  };
}
