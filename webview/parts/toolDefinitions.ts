import { addDays } from "../../core/day.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Overwrite } from "../../protocol/overwrites.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { TaskMode, ToolType, WatchedModel } from "../../protocol/toolUse.ts";
import { isSure } from "../charts/whisker.ts";
import type { Language } from "../language.ts";
import { typeName } from "../views/costTables.ts";
import { aiEdits, leastLeftEdits, tasksBehind } from "./metricBehind.ts";
import { Definitions } from "./definitions.ts";
import type { Definition } from "./explained.ts";

/** What stands behind the numbers of tools beside and after each other. */
export class ToolDefinitions {
  readonly #language: Language;
  readonly #summary: Summary;

  constructor(language: Language, summary: Summary) {
    this.#language = language;
    this.#summary = summary;
  }

  types(): Definition {
    const { text, plural } = this.#language;
    const cells = this.#summary.toolUse?.byType ?? [];
    const tasks = cells.reduce((sum, { kept }) => sum + kept.n, 0);
    return {
      ...this.#of(text.tools.types, text.tools.typesMeaning, plural(text.cost.tasks, tasks)),
      behind: tasksBehind,
    };
  }

  type({ tool, model, mode, type, kept, changes }: ToolType, name: string): Definition {
    const { text, plural } = this.#language;
    const sample = `${plural(text.cost.tasks, kept.n)}, ${plural(text.counts.edits, changes)}`;
    return {
      ...this.#of(`${name}: ${typeName(this.#language, type)}`, text.tools.typesMeaning, sample),
      certainty: this.#certainty(kept, text.tools.typesNotYet),
      ...(model === null ? { behind: tasksBehind } : behindModel(tool, model, mode)),
    };
  }

  watch(): Definition {
    const { text, plural } = this.#language;
    const models = this.#summary.toolUse?.models ?? [];
    const edits = models.reduce((sum, { now }) => sum + now.n, 0);
    return {
      ...this.#of(text.tools.watch, text.tools.watchMeaning, plural(text.counts.aiEdits, edits)),
      behind: leastLeftEdits,
    };
  }

  now(model: WatchedModel, name: string): Definition {
    const { text } = this.#language;
    return {
      ...this.#ofModel(model, model.now, `${name}: ${text.tools.now}`),
      ...(model.tool === null ? {} : behindModel(model.tool, model.model)),
    };
  }

  before(model: WatchedModel, name: string): Definition {
    const { text, day, fill } = this.#language;
    const { toolUse, from } = this.#summary;
    const period = { from: day(toolUse?.watchedFrom ?? from), to: day(addDays(from, -1)) };
    return {
      ...this.#ofModel(model, model.before, `${name}: ${text.tools.before}`),
      window: fill(text.windows[this.#summary.question.scope], period),
    };
  }

  overwrites(): Definition {
    const { text, plural } = this.#language;
    const pairs = this.#summary.overwrites.reduce((sum, { edits }) => sum + edits, 0);
    return {
      ...this.#of(text.tools.overwrites, text.tools.overwritesMeaning, plural(text.tools.pairs, pairs)),
      behind: aiEdits,
    };
  }

  overwrite({ by: origin, of, chars, edits }: Overwrite, by: string, of_: string): Definition {
    const { text, plural, fill } = this.#language;
    const sample = `${plural(text.counts.chars, chars)}, ${plural(text.tools.pairs, edits)}`;
    return {
      ...this.#of(fill(text.tools.overwriteName, { by, of: of_ }), text.tools.overwritesMeaning, sample),
      behind: { origin, of: "overwrite", overwritten: of, order: "newest" },
    };
  }

  churn(): Definition {
    const { text, plural } = this.#language;
    const days = this.#summary.toolUse?.aiDays ?? 0;
    return {
      ...this.#of(text.tools.churn, text.tools.churnMeaning, plural(text.tools.days, days)),
      behind: aiEdits,
    };
  }

  #ofModel({ weeks }: WatchedModel, share: MeasuredShare, name: string): Definition {
    const { text, plural } = this.#language;
    const sample = `${plural(text.counts.aiEdits, share.n)}, ${plural(text.tools.weeks, weeks.length)}`;
    return {
      ...this.#of(name, text.tools.watchMeaning, sample),
      certainty: this.#certainty(share, text.kept.notYet),
    };
  }

  #certainty(share: MeasuredShare, notYet: string): string {
    const { text, fill, interval } = this.#language;
    return isSure(share) && share.low !== null && share.high !== null
      ? fill(text.kept.certainty, { interval: interval(share.low, share.high) })
      : fill(notYet, { n: share.needsMore });
  }

  #of(name: string, meaning: string, sample: string): Definition {
    const window = new Definitions(this.#language, this.#summary).period();
    return { name, meaning, window, sample };
  }
}

/** In one mode, where one is told. */
function behindModel(
  tool: string,
  model: string | null,
  mode: TaskMode | null = null,
): Pick<Definition, "behind"> {
  const origin = { kind: "ai" as const, tool, ...(model === null ? {} : { model }) };
  if (mode !== null && mode !== "several")
    return { behind: { origin: { ...origin, mode }, of: "origin", order: "leastLeft" } };
  return { behind: { origin, of: "model", order: "leastLeft" } };
}
