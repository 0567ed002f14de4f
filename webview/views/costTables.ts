import { html } from "lit";
import type { RequestSummary } from "../../protocol/requestSummary.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { Bar, Bars } from "../charts/bars.ts";
import type { Language } from "../language.ts";
import { properName } from "../origins.ts";
import { CostDefinitions } from "../parts/costDefinitions.ts";
import "../parts/numbersTable.ts";
import { filled, moneyWords, outcomes } from "./costParts.ts";

const tokenKinds = ["input", "cacheRead", "cacheWrite", "output", "reasoning"] as const;

/** Tokens by kind, each with its share of all. */
export function tokensTable(language: Language, summary: Summary) {
  const { text, short, percent } = language;
  const { cost } = text;
  const { tokens } = summary.requests;
  const definitions = new CostDefinitions(language, summary);
  const all = tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.output;
  return html`<kept-numbers
    .language=${language}
    .summary=${summary}
    .heads=${[cost.tokensHead, cost.amount, cost.share]}
    .rows=${tokenKinds.map((kind) => {
      const definition = definitions.tokensOf(kind, tokens[kind]);
      const share = all === 0 ? undefined : { text: percent(tokens[kind] / all), definition };
      return {
        name: cost.kinds[kind],
        isPart: kind === "reasoning",
        numbers: [{ text: short(tokens[kind]), definition }, share],
      };
    })}
    heading=${cost.tokensTitle}
  ></kept-numbers>`;
}

/** Every tool and model: tier, requests, cost and time. */
export function modelsTable(language: Language, summary: Summary) {
  const { text, short, duration } = language;
  const { cost } = text;
  const definitions = new CostDefinitions(language, summary);
  return html`<kept-numbers
    .language=${language}
    .summary=${summary}
    .heads=${[cost.model, cost.count, cost.cost, cost.latency]}
    .rows=${summary.requests.rows.map((row) => {
      const of = (name: string, words: string) => ({
        text: words,
        definition: definitions.ofModel(row, name),
      });
      const { tool, model, tier, requests, spend, latency } = row;
      return {
        name: properName(tool),
        detail: `${model ?? cost.noModel} · ${cost.tierNames[tier]}`,
        numbers: [
          of(cost.count, short(requests)),
          of(cost.cost, moneyWords(language, spend.nanoUsd)),
          latency ? of(cost.latency, duration(roundedTime(latency.medianMs))) : undefined,
        ],
      };
    })}
    heading=${cost.models}
  ></kept-numbers>`;
}

/** What became of tasks, and what these cost of which all requests have a price. */
export function outcomesTable(language: Language, summary: Summary) {
  const { text, count } = language;
  const { cost } = text;
  const { tasks } = summary.requests;
  const definitions = new CostDefinitions(language, summary);
  return html`<kept-numbers
    .language=${language}
    .summary=${summary}
    .heads=${[cost.outcomeHead, cost.outcomeTasks, cost.cost]}
    .rows=${outcomes.map((outcome) => {
      const definition = definitions.outcome(outcome);
      const spent = tasks.spent[outcome];
      return {
        name: cost.outcome[outcome],
        numbers: [
          { text: count(tasks[outcome]), definition },
          spent === 0 ? undefined : { text: moneyWords(language, spent), definition },
        ],
      };
    })}
    heading=${cost.outcomes}
  ></kept-numbers>`;
}

/** What tasks came to, by the kind of task. */
export function tasksTable(language: Language, { byType }: RequestSummary["tasks"]) {
  const { text, count } = language;
  const { cost } = text;
  return html`<table class="amounts">
    <caption class="unseen">
      ${cost.byType}
    </caption>
    <thead>
      <tr>
        <th scope="col">${cost.taskHead}</th>
        ${outcomes.map((outcome) => html`<th scope="col">${cost.outcome[outcome]}</th>`)}
        <th scope="col">${cost.cost}</th>
      </tr>
    </thead>
    <tbody>
      ${byType.map(
        (row) =>
          html`<tr>
            <th scope="row">${typeName(language, row.type)}</th>
            ${outcomes.map((outcome) => html`<td>${count(row[outcome])}</td>`)}
            <td>${moneyWords(language, row.spend.nanoUsd)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** The columns of a chart as a table. */
export function barsTable(
  language: Language,
  caption: string,
  names: readonly string[],
  bars: readonly Bar[],
  write: Bars["write"],
) {
  const most = Math.max(0, ...bars.flatMap(({ parts }) => parts));
  return html`<table class="amounts">
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${language.text.cost.from}</th>
        ${names.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${filled(bars).map(
        ({ tick, parts, lacking }) =>
          html`<tr>
            <th scope="row">${tick}</th>
            ${parts.map((part, place) => html`<td>${write(part, lacking?.[place], most)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Whole seconds from one second on: more is not known of a bucket. */
export function roundedTime(milliseconds: number): number {
  return milliseconds < 1000 ? milliseconds : Math.round(milliseconds / 1000) * 1000;
}

export function typeName({ text }: Language, type: string): string {
  const { types } = text.cost;
  return Object.hasOwn(types, type) ? types[type as keyof typeof types] : type;
}
