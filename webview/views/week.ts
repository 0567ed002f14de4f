import { html, nothing } from "lit";
import { unbroken } from "../../core/percent.ts";
import type { Digest } from "../../protocol/digest.ts";
import type { Language } from "../language.ts";
import { actionButton } from "../parts/actions.ts";
import "../parts/figure.ts";
import "../parts/sideways.ts";
import { adviceDefinitions } from "../parts/groupDefinitions.ts";
import { shareWords } from "./shareWords.ts";

/** The last seven days in a few sentences, and who wrote them. The same is to be had as a page. */
export function weekOf(from: EventTarget, language: Language, digest: Digest | undefined) {
  if (!digest) return nothing;
  const { text, fill, count, period } = language;
  const { week } = text.coach;
  const definition = adviceDefinitions(language).week(digest);
  const number = (name: string, head: string, words: string) =>
    html`<kept-explained
      .language=${language}
      .definition=${{ ...definition, name: `${name}: ${head}` }}
      text=${words}
    ></kept-explained>`;
  return html`<section class="card wide">
    <kept-figure .language=${language} .definition=${definition} heading=${week.title}>
      <p class="small">${period(digest.from, digest.to)}</p>
      <ul>
        ${digest.says.map((sentence) => html`<li>${unbroken(sentence)}</li>`)}
      </ul>
      ${
        digest.origins.length === 0
          ? nothing
          : html`<kept-sideways name=${fill(text.chart.showTable, { name: week.title })}>
              <table class="stacks">
                <thead>
                  <tr>
                    <th scope="col" class="message">${week.by}</th>
                    <th scope="col">${week.edits}</th>
                    <th scope="col">${week.kept}</th>
                  </tr>
                </thead>
                <tbody>
                  ${digest.origins.map(
                    ({ name, edits, kept }) =>
                      html`<tr>
                        <th scope="row" class="message" dir="auto">${name}</th>
                        <td data-head=${week.edits}>${number(name, week.edits, count(edits))}</td>
                        <td data-head=${week.kept}>${number(name, week.kept, shareWords(language, kept))}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </kept-sideways>`
      }
      <div class="buttons">${actionButton(from, language, "openDigest")}</div>
    </kept-figure>
  </section>`;
}
