import type { RequestSummary, Tier, TokensByKind } from "../../protocol/requestSummary.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import type { Behind } from "../memory.ts";
import { properName } from "../origins.ts";
import { inDollars, moneyWords } from "../views/costParts.ts";
import { typeName } from "../views/costTables.ts";
import { Definitions } from "./definitions.ts";
import { pricedTasks, requestsBehind, requestsOfMonth, tasksBehind, timedRequests } from "./metricBehind.ts";
import type { Definition } from "./explained.ts";

/** The requests of a tool to a model. */
export function behindModel(tool: string, model: string | null): Behind {
  return { ...requestsBehind, origin: { kind: "ai", tool, ...(model === null ? {} : { model }) } };
}

type DearestTask = RequestSummary["dearest"][number];

/** What stands behind each number of cost and requests. */
export class CostDefinitions {
  readonly #language: Language;
  readonly #summary: Summary;

  constructor(language: Language, summary: Summary) {
    this.#language = language;
    this.#summary = summary;
  }

  spend(): Definition {
    const { cost } = this.#language.text;
    return this.#ofRequests(cost.spend, cost.spendMeaning);
  }

  tiers(): Definition {
    const { cost } = this.#language.text;
    return this.#ofRequests(cost.tiers, cost.tiersMeaning);
  }

  models(): Definition {
    const { cost } = this.#language.text;
    return this.#ofRequests(cost.models, cost.modelsMeaning);
  }

  dearest(): Definition {
    const { cost } = this.#language.text;
    return {
      ...this.#ofTasks(cost.dearest, cost.dearestMeaning, this.#summary.requests.tasks.nothing),
      behind: { ...tasksBehind, outcome: "nothing" },
    };
  }

  /** Of one task: what it cost, and the edits that went. */
  dearestTask({ task, tool, day, type, requests, changes, nanoUsd }: DearestTask): Definition {
    const { text, plural, fill, longDay, money } = this.#language;
    return {
      name: fill(text.cost.dearestName, { tool: properName(tool), day: longDay(day) }),
      meaning: text.cost.dearestMeaning,
      window: longDay(day),
      sample: `${plural(text.cost.requests, requests)}, ${plural(text.counts.edits, changes)}`,
      exactly: `${money(inDollars(nanoUsd))} · ${typeName(this.#language, type)}`,
      behind: { origin: { kind: "ai", tool }, of: "task", task, order: "newest" },
    };
  }

  latencies(): Definition {
    const { text, plural } = this.#language;
    return {
      ...this.#ofRequests(text.cost.latencies, text.cost.latenciesMeaning),
      sample: plural(text.cost.requests, this.#summary.requests.latency?.requests ?? 0),
      behind: timedRequests,
    };
  }

  /** Of one tier, or of one tool and model. */
  latency(name: string, of: string, requests: number, behind: Behind): Definition {
    const { text, plural } = this.#language;
    return {
      ...this.#ofRequests(`${name}: ${of}`, text.cost.latenciesMeaning),
      sample: plural(text.cost.requests, requests),
      behind: { ...behind, cases: "timed" },
    };
  }

  budget(): Definition {
    const { text, plural, fill, day, money } = this.#language;
    const { budget, to } = this.#summary;
    const { paces } = this.#summary;
    return {
      name: text.cost.pace,
      meaning: text.cost.paceMeaning,
      window: fill(text.windows.all, { from: day(`${to.slice(0, 7)}-01`), to: day(to) }),
      ...(budget ? { behind: requestsOfMonth } : {}),
      sample: budget ? plural(text.cost.spentDays, budget.days) : plural(text.cost.plans, paces.length),
      ...(budget ? { exactly: money(inDollars(budget.spentNanoUsd)) } : {}),
    };
  }

  tokens(): Definition {
    const { cost } = this.#language.text;
    return this.#ofRequests(cost.tokensTitle, cost.tokensMeaning);
  }

  tokensOf(kind: keyof TokensByKind, tokens: number): Definition {
    const { text, plural } = this.#language;
    const { kinds, tokensTitle } = text.cost;
    return {
      ...this.tokens(),
      name: `${tokensTitle}: ${kinds[kind]}`,
      exactly: plural(text.cost.tokens, tokens),
    };
  }

  tier(tier: Tier, of: Definition, requests: number): Definition {
    const { text, plural } = this.#language;
    return {
      ...of,
      name: `${of.name}: ${text.cost.tierNames[tier]}`,
      sample: plural(text.cost.requests, requests),
      behind: { ...requestsBehind, tier },
    };
  }

  /** Of one tool and model, the number of that name. */
  ofModel({ tool, model, requests }: RequestSummary["rows"][number], of: string): Definition {
    const { text, plural } = this.#language;
    const { cost } = text;
    return {
      ...this.models(),
      name: `${properName(tool)}, ${model ?? cost.noModel}: ${of}`,
      sample: plural(cost.requests, requests),
      behind: behindModel(tool, model),
    };
  }

  outcome(outcome: keyof RequestSummary["tasks"]["spent"]): Definition {
    const { cost } = this.#language.text;
    return {
      ...this.#ofTasks(
        `${cost.outcomes}: ${cost.outcome[outcome]}`,
        cost.outcomesMeaning,
        this.#summary.requests.tasks[outcome],
      ),
      behind: { ...tasksBehind, outcome },
    };
  }

  perChangeOfWeeks(): Definition {
    const { cost } = this.#language.text;
    return { ...this.perChange(), name: cost.perChangeWeeks, meaning: cost.perChangeWeeksMeaning };
  }

  outcomes(): Definition {
    const { cost } = this.#language.text;
    return this.#ofTasks(cost.outcomes, cost.outcomesMeaning, this.#summary.requests.tasks.tasks);
  }

  cacheShare(): Definition {
    const { text, interval } = this.#language;
    const { n, low, high } = this.#summary.requests.cacheShare;
    return {
      ...this.#ofTasks(text.cost.cacheShare, text.cost.cacheShareMeaning, n),
      behind: { ...tasksBehind, cases: "withInput" },
      ...this.#certainty(low === null || high === null ? undefined : interval(low, high)),
    };
  }

  perChange(): Definition {
    const { text, fill } = this.#language;
    const { nanoUsd, n, low, high } = this.#summary.requests.tasks.costPerKeptChange;
    const bounds = {
      low: moneyWords(this.#language, low, nanoUsd),
      high: moneyWords(this.#language, high, nanoUsd),
    };
    return {
      ...this.#ofTasks(text.cost.perChange, text.cost.perChangeMeaning, n),
      behind: pricedTasks,
      ...this.#certainty(low === null || high === null ? undefined : fill(text.scorecard.interval, bounds)),
    };
  }

  #certainty(interval: string | undefined): Pick<Definition, "certainty"> {
    const { text, fill } = this.#language;
    return interval === undefined ? {} : { certainty: fill(text.scorecard.certainty, { interval }) };
  }

  #ofRequests(name: string, meaning: string): Definition {
    const { text, plural } = this.#language;
    return {
      name,
      meaning,
      window: this.#window(),
      sample: plural(text.cost.requests, this.#summary.requests.requests),
      behind: requestsBehind,
    };
  }

  #ofTasks(name: string, meaning: string, tasks: number): Definition {
    const { text, plural } = this.#language;
    const sample = plural(text.cost.tasks, tasks);
    return { name, meaning, window: this.#window(), sample, behind: tasksBehind };
  }

  #window(): string {
    const { text, fill } = this.#language;
    return fill(text.cost.window, { period: new Definitions(this.#language, this.#summary).period() });
  }
}
