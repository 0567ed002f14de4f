import { html, nothing } from "lit";
import type { Coach } from "../../protocol/coaching.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";
import { inLine } from "../parts/inLine.ts";

/** What an organisation has in force, whomever it is for, and how not to hear it. */
export function orgPrompts(from: EventTarget, language: Language, org: Coach["org"]) {
  if (org === null) return nothing;
  const { text, fill } = language;
  const { coach } = text;
  const { sender, isMuted, prompts } = org;
  return html`<section class="card wide">
    <h2>${coach.org}</h2>
    <p class="small" dir="auto">
      ${isMuted ? fill(coach.orgMuted, { sender }) : fill(coach.orgWhy, { sender })}
    </p>
    ${prompts.length === 0 ? html`<p>${coach.orgNone}</p>` : promptList(language, prompts)}
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

export function promptList(language: Language, prompts: NonNullable<Coach["org"]>["prompts"]) {
  const { text, fill, day } = language;
  const { coach } = text;
  return html`<ul class="prompts">
    ${prompts.map(({ text: words, contact, until, isForYou, isUnderstood }) => {
      const standing = [
        !isUnderstood ? coach.notUnderstood : isForYou ? coach.forYou : coach.forOthers,
        contact === "" ? undefined : fill(coach.ask, { contact }),
        until === null ? undefined : fill(coach.until, { day: day(until) }),
      ].filter((part) => part !== undefined);
      return html`<li>
        <p dir="auto">${words}</p>
        <p class="small parts" dir="auto">${inLine(standing)}</p>
      </li>`;
    })}
  </ul>`;
}
