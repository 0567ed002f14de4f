import { html, nothing } from "lit";
import type { Coach } from "../../protocol/coaching.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";

/** What an organisation has in force, whomever it is for, and how not to hear it. */
export function orgPrompts(from: EventTarget, language: Language, org: Coach["org"]) {
  if (org === null) return nothing;
  const { text, fill } = language;
  const { coach } = text;
  const { sender, isMuted, prompts } = org;
  return html`<section>
    <h2>${coach.org}</h2>
    <p class="small" dir="auto">
      ${isMuted ? fill(coach.orgMuted, { sender }) : fill(coach.orgWhy, { sender })}
    </p>
    ${prompts.length === 0 ? html`<p>${coach.orgNone}</p>` : promptTable(language, prompts)}
    <div class="buttons">
      <button
        class="quiet"
        @click=${() =>
          act(from, {
            type: "answerTip",
            answer: { answer: isMuted ? "unmuteSender" : "muteSender", sender },
          })}
      >
        ${fill(isMuted ? coach.unmuteSender : coach.muteSender, { sender })}
      </button>
    </div>
  </section>`;
}

export function promptTable(language: Language, prompts: NonNullable<Coach["org"]>["prompts"]) {
  const { coach } = language.text;
  const { orgHead } = coach;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${coach.org}>
    <table>
      <thead>
        <tr>
          <th scope="col" class="message">${orgHead.text}</th>
          <th scope="col">${orgHead.audience}</th>
          <th scope="col" class="message">${orgHead.contact}</th>
          <th scope="col">${orgHead.until}</th>
        </tr>
      </thead>
      <tbody>
        ${prompts.map(
          ({ text, contact, until, isForYou, isUnderstood }) =>
            html`<tr>
              <th scope="row" class="message" dir="auto">${text}</th>
              <td>${!isUnderstood ? coach.notUnderstood : isForYou ? coach.forYou : coach.forOthers}</td>
              <td class="message" dir="auto">${contact}</td>
              <td>${until === null ? language.text.nothing : language.day(until)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
