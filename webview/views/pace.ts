import { html, nothing } from "lit";
import type { AllowancePace, BudgetPace } from "../../protocol/pace.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { properName } from "../origins.ts";
import { act } from "../parts/act.ts";
import { CostDefinitions } from "../parts/costDefinitions.ts";
import "../parts/explained.ts";
import "../parts/figure.ts";
import { moneyWords } from "./costParts.ts";

/** The month against the budget, and what tools say of their plans. */
export function paceCard(from: EventTarget, language: Language, summary: Summary) {
  const { cost } = language.text;
  const { budget, paces } = summary;
  return html`<kept-figure
    class="card wide"
    .language=${language}
    .definition=${new CostDefinitions(language, summary).budget()}
    heading=${cost.pace}
  >
    ${budget ? ofBudget(language, summary, budget) : noBudget(from, language)}
    ${paces.length === 0 ? html`<p class="small">${cost.noPlan}</p>` : plansTable(language, paces)}
  </kept-figure>`;
}

function noBudget(from: EventTarget, { text }: Language) {
  return html`<p>
    ${text.cost.noBudget}
    <button class="quiet" @click=${() => act(from, { type: "openSettings" })}>${text.cost.setBudget}</button>
  </p>`;
}

function ofBudget(language: Language, summary: Summary, budget: BudgetPace) {
  const { text, fill, percent, plural } = language;
  const { cost } = text;
  const { budgetNanoUsd, spentNanoUsd, monthShare, share, state, forecast, days, unpricedRequests } = budget;
  const words = {
    budget: moneyWords(language, budgetNanoUsd),
    month: percent(monthShare),
  };
  return html`<div class="figure">
      <kept-explained
        class="middle"
        .language=${language}
        .definition=${new CostDefinitions(language, summary).budget()}
        text=${moneyWords(language, spentNanoUsd)}
      ></kept-explained>
      <div>
        <p>${fill(cost.budgetOf, words)}</p>
        <p class="small">${cost.budgetStates[state]} · ${percent(share)}</p>
      </div>
    </div>
    <p class="small">
      ${
        forecast
          ? fill(cost.forecast, {
              amount: moneyWords(language, forecast.nanoUsd),
              low: moneyWords(language, forecast.low, forecast.nanoUsd),
              high: moneyWords(language, forecast.high, forecast.nanoUsd),
            })
          : fill(cost.forecastFew, { n: days })
      }
      ${unpricedRequests === 0 ? nothing : plural(cost.unpricedWhat, unpricedRequests)}
    </p>`;
}

function plansTable(language: Language, paces: readonly AllowancePace[]) {
  const { text, percent } = language;
  const { cost } = text;
  return html`<table class="amounts">
    <caption class="unseen">
      ${cost.pace}
    </caption>
    <thead>
      <tr>
        <th scope="col">${cost.planHead}</th>
        <th scope="col">${cost.used}</th>
        <th scope="col">${cost.elapsed}</th>
      </tr>
    </thead>
    <tbody>
      ${paces.map(
        (pace) =>
          html`<tr>
            <th scope="row" class="model">
              <span class="clip" dir="auto">${nameOf(language, pace)}</span>
              <span class="small">${paceWords(language, pace)}</span>
            </th>
            <td>${percent(pace.usedShare)}</td>
            <td>${pace.elapsedShare === null ? text.nothing : percent(pace.elapsedShare)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function nameOf({ text, fill, duration }: Language, { tool, windowMinutes }: AllowancePace): string {
  return fill(text.cost.planWindow, { tool: properName(tool), length: duration(windowMinutes * 60_000) });
}

function paceWords({ text, fill, moment }: Language, pace: AllowancePace): string {
  const { state, resetsAt, runsOutAt, readAt } = pace;
  const values = { reset: moment(resetsAt ?? 0), at: moment(runsOutAt ?? 0) };
  return `${fill(text.cost.plan[state], values)} · ${fill(text.cost.planLater, { at: moment(readAt) })}`;
}
