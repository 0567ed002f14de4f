import { html } from "lit";
import type { RequestSummary, TokensByKind } from "../../protocol/requestSummary.ts";
import type { Bar } from "../charts/bars.ts";
import type { Language } from "../language.ts";
import { properName } from "../origins.ts";
import { filled, moneyWords, outcomes } from "./costParts.ts";

const tokenKinds = ["input", "cacheRead", "cacheWrite", "output", "reasoning"] as const;

/** Tokens by kind, each with its share of all. */
export function tokensTable(language: Language, tokens: TokensByKind) {
  const { text, short, percent } = language;
  const { cost } = text;
  const all = tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.output;
  return html`<table class="amounts">
    <caption class="unseen">
      ${cost.tokensTitle}
    </caption>
    <thead>
      <tr>
        <th scope="col">${cost.tokensHead}</th>
        <th scope="col">${cost.amount}</th>
        <th scope="col">${cost.share}</th>
      </tr>
    </thead>
    <tbody>
      ${tokenKinds.map(
        (kind) =>
          html`<tr class=${kind}>
            <th scope="row">${cost.kinds[kind]}</th>
            <td>${short(tokens[kind])}</td>
            <td>${all === 0 ? text.nothing : percent(tokens[kind] / all)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Every tool and model: tier, requests, cost and time. */
export function modelsTable(language: Language, rows: RequestSummary["rows"]) {
  const { text, short, duration } = language;
  const { cost } = text;
  return html`<table class="amounts">
    <caption class="unseen">
      ${cost.models}
    </caption>
    <thead>
      <tr>
        <th scope="col">${cost.model}</th>
        <th scope="col">${cost.count}</th>
        <th scope="col">${cost.cost}</th>
        <th scope="col">${cost.latency}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ tool, model, tier, requests, spend, latency }) =>
          html`<tr>
            <th scope="row" class="model">
              <span class="clip" dir="auto" title=${tool}>${properName(tool)}</span>
              <span class="clip small" dir="auto">${model ?? cost.noModel} · ${cost.tierNames[tier]}</span>
            </th>
            <td>${short(requests)}</td>
            <td>${moneyWords(language, spend.nanoUsd)}</td>
            <td>${latency ? duration(roundedTime(latency.medianMs)) : text.nothing}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
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
  write: (amount: number) => string,
) {
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
        ({ tick, parts }) =>
          html`<tr>
            <th scope="row">${tick}</th>
            ${parts.map((part) => html`<td>${write(part)}</td>`)}
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
