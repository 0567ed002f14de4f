import { html, nothing } from "lit";
import {
  tallyRows,
  type TallyMeasure,
  type TallyRow,
  type TallyValue,
} from "../../core/organisation/teamTallies.ts";
import type { TeamState } from "../../protocol/heeding.ts";
import { hiddenSentences } from "../../protocol/protection.ts";
import type { Language } from "../language.ts";
import "../parts/figure.ts";
import { teamDefinitions } from "../parts/groupDefinitions.ts";

type Answer = NonNullable<TeamState["answer"]>;

/** What the newest week says besides edits: how they came about, what they cost, what survived, what advice did. */
export function teamTallies(language: Language, { team, weeks }: Answer, own: TeamState["ownTallies"]) {
  const { text, fill } = language;
  const { tallies } = text.team;
  const [newest] = weeks;
  if (!newest) return nothing;
  const title = fill(tallies.title, { week: language.week(newest.week) });
  const rows = tallyRows(newest.tallies, team, own).filter(
    (row) => row.team.state !== "nothing" || row.own.state !== "nothing",
  );
  const reasons = new Set(
    rows.flatMap((row) => (row.team.state === "hidden" ? hiddenSentences[row.team.why] : [])),
  );
  return html`<kept-figure
    class="card half"
    .language=${language}
    .definition=${teamDefinitions(language, weeks).tallies}
    heading=${title}
  >
    ${
      rows.length === 0
        ? html`<p>${tallies.empty}</p>`
        : html`<p class="small">${tallies.meaning}</p>
            <table>
              <caption class="unseen">
                ${title}
              </caption>
              <thead>
                <tr>
                  ${Object.values(tallies.head).map((name) => html`<th scope="col">${name}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows.map((row) => tallyRow(language, row))}
              </tbody>
            </table>
            ${[...reasons].map((why) => html`<p class="small">${why}</p>`)}`
    }
  </kept-figure>`;
}

function tallyRow(language: Language, { measure, unit, team, own }: TallyRow) {
  const name: Readonly<Record<TallyMeasure, string>> = language.text.team.tallies.names;
  return html`<tr>
    <th scope="row">${name[measure]}</th>
    <td>${valueText(language, unit, team)}</td>
    <td>${valueText(language, unit, own)}</td>
  </tr>`;
}

function valueText(language: Language, unit: TallyRow["unit"], value: TallyValue) {
  const { team, nothing: none } = language.text;
  if (value.state === "nothing") return html`<span class="small">${none}</span>`;
  if (value.state === "hidden") {
    const why = hiddenSentences[value.why];
    return html`<span title=${why}>${team.hidden}<span class="unseen">: ${why}</span></span>`;
  }
  const written = unit === "share" ? language.percent(value.value) : language.money(value.value);
  return html`${written}
    <span class="small sample">${language.fill(team.tallies.of, { n: language.short(value.of) })}</span>`;
}

/** What was done at the service, for those it is about. */
export function teamAudit(language: Language, audit: TeamState["audit"]) {
  if (audit === null) return nothing;
  const { text, fill, moment, longDay } = language;
  const { audit: texts } = text.team;
  const { answer, checkedAt, failure } = audit;
  return html`<section class="card wide">
    <h2>${texts.title}</h2>
    <p class="small">${texts.meaning}</p>
    ${
      failure === null
        ? nothing
        : html`<p class="notice" role="status" dir="auto">
            ${fill(text.team.unreachable, { reason: failure })}.
            ${checkedAt === null ? nothing : fill(text.team.unreachableHeld, { moment: moment(checkedAt) })}
          </p>`
    }
    ${
      answer === null
        ? html`<p>${texts.unasked}</p>`
        : answer.entries.length === 0
          ? html`<p>${texts.none}</p>`
          : html`<div class="log" tabindex="0" role="region" aria-label=${texts.title}>
              <ul>
                ${answer.entries.map(
                  ({ day, who, did, subject }) =>
                    html`<li>
                      <span dir="auto">${fill(texts.entry, { who, did, subject })}</span>
                      <time class="small" datetime=${day}>${longDay(day)}</time>
                    </li>`,
                )}
              </ul>
            </div>`
    }
    ${answer === null || answer.older === null ? nothing : html`<p class="small">${texts.older}</p>`}
  </section>`;
}
