import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { moneyWords } from "../views/costParts.ts";
import { Definitions } from "./definitions.ts";
import type { Definition } from "./explained.ts";

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

  tokens(): Definition {
    const { cost } = this.#language.text;
    return this.#ofRequests(cost.tokensTitle, cost.tokensMeaning);
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
      ...this.#certainty(low === null || high === null ? undefined : interval(low, high)),
    };
  }

  perChange(): Definition {
    const { text, fill } = this.#language;
    const { n, low, high } = this.#summary.requests.tasks.costPerKeptChange;
    const bounds = {
      low: moneyWords(this.#language, low),
      high: moneyWords(this.#language, high),
    };
    return {
      ...this.#ofTasks(text.cost.perChange, text.cost.perChangeMeaning, n),
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
    };
  }

  #ofTasks(name: string, meaning: string, tasks: number): Definition {
    const { text, plural } = this.#language;
    return { name, meaning, window: this.#window(), sample: plural(text.cost.tasks, tasks) };
  }

  #window(): string {
    const { text, fill } = this.#language;
    return fill(text.cost.window, { period: new Definitions(this.#language, this.#summary).period() });
  }
}
