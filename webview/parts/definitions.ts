import { leastEdits } from "../../core/summary/ratio.ts";
import type { Step } from "../../protocol/funnel.ts";
import type { Past } from "../../protocol/past.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { CharsByKind, Summary } from "../../protocol/summary.ts";
import { isSure } from "../charts/whisker.ts";
import { addUp, totalOf } from "../charts/kinds.ts";
import type { Language } from "../language.ts";
import type { Behind } from "../memory.ts";
import type { OriginRow } from "../origins.ts";
import type { ToolRow } from "../views/toolRows.ts";
import { aiEdits, foundBehind, leastLeftEdits } from "./metricBehind.ts";
import type { Definition } from "./explained.ts";

/** What stands behind each number of a summary. */
export class Definitions {
  readonly #language: Language;
  readonly #summary: Summary;

  constructor(language: Language, summary: Summary) {
    this.#language = language;
    this.#summary = summary;
  }

  coverage(): Definition {
    const { text, fill, count } = this.#language;
    const { knownChars, allChars } = this.#summary.coverage;
    return {
      name: text.coverage.name,
      meaning: text.coverage.meaning,
      window: this.period(),
      sample: fill(text.coverage.sample, { known: count(knownChars), all: count(allChars) }),
      behind: { origin: { kind: "unknown" }, of: "kind", order: "newest" },
    };
  }

  keptAi(): Definition {
    const { name, meaning } = this.#language.text.kept;
    return {
      ...this.#share(name, meaning, this.period(), this.#summary.keptAi),
      behind: { origin: { kind: "ai" }, of: "kind", order: "leastLeft" },
    };
  }

  keptHuman(): Definition {
    const { humanName, humanMeaning } = this.#language.text.kept;
    return {
      ...this.#share(humanName, humanMeaning, this.period(), this.#summary.keptHuman),
      behind: { origin: { kind: "human" }, of: "kind", order: "leastLeft" },
    };
  }

  keptAiToday(): Definition {
    const { todayName, todayMeaning } = this.#language.text.kept;
    return {
      ...this.#share(todayName, todayMeaning, this.#today(), this.#summary.keptAiToday),
      behind: this.#ofToday(),
    };
  }

  hours(): Definition {
    const { text } = this.#language;
    const chars = totalOf(addUp(this.#summary.hours));
    return {
      name: text.hours.title,
      meaning: text.hours.meaning,
      window: this.#today(),
      sample: this.#chars(text.hours.sample, chars),
      behind: this.#ofToday(),
    };
  }

  days(inWeeks: boolean): Definition {
    const { text } = this.#language;
    return {
      name: inWeeks ? text.days.titleWeeks : text.days.title,
      meaning: inWeeks ? text.days.meaningWeeks : text.days.meaning,
      window: this.period(),
      sample: this.#chars(text.days.sample, this.#summary.coverage.allChars),
      behind: aiEdits,
    };
  }

  /** Of a chart's text, that of one origin. */
  ofKind({ behind, ...chart }: Definition, kind: keyof CharsByKind): Definition {
    const name = `${chart.name}: ${this.#language.text.kinds[kind]}`;
    return { ...chart, name, ...(behind ? { behind: { ...behind, origin: { kind } } } : {}) };
  }

  kinds(): Definition {
    const { text } = this.#language;
    return {
      name: text.data.origins,
      meaning: text.data.originsMeaning,
      window: this.period(),
      sample: this.#chars(text.days.sample, this.#summary.coverage.allChars),
      behind: aiEdits,
    };
  }

  origins(): Definition {
    const { text, fill, plural } = this.#language;
    return {
      name: text.origins.title,
      meaning: text.origins.meaning,
      window: this.period(),
      sample: fill(text.origins.sample, { edits: plural(text.counts.edits, this.#summary.edits) }),
      behind: aiEdits,
    };
  }

  retention(): Definition {
    const { text, plural } = this.#language;
    return {
      name: text.quality.retention,
      meaning: text.quality.retentionMeaning,
      window: this.period(),
      sample: plural(text.counts.aiEdits, this.#summary.retention[0]?.left.n ?? 0),
      behind: leastLeftEdits,
    };
  }

  scorecard(): Definition {
    const { text, plural } = this.#language;
    return {
      name: text.scorecard.title,
      meaning: text.scorecard.meaning,
      window: this.period(),
      sample: plural(text.counts.edits, this.#summary.edits),
    };
  }

  changed({ from, to }: Past): Definition {
    const { text, fill, day, count } = this.#language;
    const { metrics } = this.#summary.past ?? { metrics: [] };
    return {
      name: text.scorecard.changed,
      meaning: text.scorecard.changedMeaning,
      window: `${this.period()}; ${fill(text.scorecard.before, { from: day(from), to: day(to) })}`,
      sample: fill(text.scorecard.sample, { n: count(metrics.length), of: text.scorecard.metrics }),
    };
  }

  editsOfTool({ name, edits, origin }: ToolRow): Definition {
    const { text, plural } = this.#language;
    return {
      name: `${name}: ${text.origins.edits}`,
      meaning: text.origins.editsMeaning,
      window: this.period(),
      sample: plural(text.counts.edits, edits),
      behind: { origin, of: "origin", order: "newest" },
    };
  }

  keptOfTool({ name, kept, origin }: ToolRow): Definition {
    const { origins } = this.#language.text;
    return {
      ...this.#share(`${name}: ${origins.kept}`, origins.keptMeaning, this.period(), kept),
      behind: { origin, of: "origin", order: "leastLeft" },
    };
  }

  tools(edits: number): Definition {
    const { text, plural } = this.#language;
    return {
      name: text.tools.title,
      meaning: text.tools.meaning,
      window: this.period(),
      sample: plural(text.counts.aiEdits, edits),
      behind: leastLeftEdits,
    };
  }

  funnel(): Definition {
    const { text, plural } = this.#language;
    return {
      name: text.funnel.title,
      meaning: text.funnel.meaning,
      window: this.period(),
      sample: plural(text.counts.aiEdits, this.#summary.funnel.edits),
      behind: aiEdits,
    };
  }

  /** Of the edits of which this became at a step of their way; "" stands for nothing yet. */
  funnelStep(stage: Step, name: string, edits: number, outcomes: readonly string[]): Definition {
    const { text, plural } = this.#language;
    return {
      ...this.funnel(),
      name,
      sample: plural(text.counts.aiEdits, edits),
      ...(outcomes.includes("apart")
        ? {}
        : { behind: foundBehind({ stage, outcomes: [...outcomes], isOnWay: true }) }),
    };
  }

  unread(lines: number): Definition {
    const { text, plural } = this.#language;
    return {
      name: text.unread.title,
      meaning: text.unread.meaning,
      window: text.unread.window,
      sample: plural(text.unread.lines, lines),
    };
  }

  detector(): Definition {
    const { text, plural } = this.#language;
    return {
      name: text.detector.title,
      meaning: text.detector.meaning,
      window: text.data.droppedSample,
      sample: plural(text.detector.judgements, this.#summary.detector.n),
    };
  }

  drops(): Definition {
    const { text, plural } = this.#language;
    const dropped = this.#summary.drops.reduce((total, { count }) => total + count, 0);
    return {
      name: text.data.dropped,
      meaning: text.data.droppedMeaning,
      window: text.data.droppedSample,
      sample: plural(text.counts.things, dropped),
    };
  }

  editsOf(row: OriginRow): Definition {
    const { origins } = this.#language.text;
    return { ...this.#ofRow(row), name: `${row.name}: ${origins.edits}`, meaning: origins.editsMeaning };
  }

  insertedOf(row: OriginRow): Definition {
    const { text, plural } = this.#language;
    return {
      ...this.#ofRow(row),
      name: `${row.name}: ${text.origins.inserted}`,
      meaning: text.origins.insertedMeaning,
      exactly: plural(text.counts.chars, row.insertedChars),
    };
  }

  keptOf(row: OriginRow): Definition {
    const { text, fill, count } = this.#language;
    return {
      ...this.#ofRow(row),
      name: `${row.name}: ${text.origins.kept}`,
      meaning: text.origins.keptMeaning,
      exactly:
        row.insertedChars === 0
          ? text.origins.nothingInserted
          : fill(text.origins.keptExactly, {
              kept: count(row.keptChars),
              inserted: count(row.insertedChars),
            }),
      certainty:
        row.keptShare === undefined
          ? fill(text.origins.fewEdits, { n: leastEdits })
          : row.kept && row.kept.low !== null && row.kept.high !== null
            ? fill(text.kept.certainty, { interval: this.#language.interval(row.kept.low, row.kept.high) })
            : text.origins.noInterval,
    };
  }

  #ofRow({ edits, origin }: OriginRow): Pick<Definition, "window" | "sample" | "behind"> {
    const { text, plural } = this.#language;
    return {
      window: this.period(),
      sample: plural(text.counts.edits, edits),
      ...(origin ? { behind: { origin, of: "origin", order: "leastLeft" } as const } : {}),
    };
  }

  #share(name: string, meaning: string, window: string, share: MeasuredShare): Definition {
    const { text, fill, interval, plural } = this.#language;
    const certainty =
      isSure(share) && share.low !== null && share.high !== null
        ? fill(text.kept.certainty, { interval: interval(share.low, share.high) })
        : fill(text.kept.notYet, { n: share.needsMore });
    return { name, meaning, window, sample: plural(text.counts.edits, share.n), certainty };
  }

  #chars(template: string, chars: number): string {
    const { text, fill, plural } = this.#language;
    return fill(template, { chars: plural(text.counts.chars, chars) });
  }

  /** The period of the question and where it was asked. */
  period(): string {
    const { text, fill, day } = this.#language;
    const { from, to, question } = this.#summary;
    return fill(text.windows[question.scope], { from: day(from), to: day(to) });
  }

  #ofToday(): Behind {
    const { to } = this.#summary;
    return { ...aiEdits, within: { from: to, to } };
  }

  #today(): string {
    const { windows } = this.#language.text;
    return this.#summary.question.scope === "all" ? windows.todayAll : windows.todayWorkspace;
  }
}
