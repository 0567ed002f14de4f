import type { BundleItem } from "../../../protocol/bundle.ts";
import { coachTexts } from "../../../webview/texts/coach.ts";
import { html, type Html } from "../html.ts";
import { promptTip } from "../script/promptTip.ts";

/** How editors show a prompt, in a light and, for the eye alone, in a dark one. Numbers that a rule quotes are put in on each machine. */
export function previewOf(item: BundleItem, sender: string): Html {
  const locales = [
    item.defaultLocale,
    ...Object.keys(item.texts).filter((locale) => locale !== item.defaultLocale),
  ];
  return html`<div class="previews">
      ${locales.flatMap((locale) =>
        (["light", "dark"] as const).map(
          (theme) =>
            html`<figure class="preview ${theme}" ${theme === "dark" ? html`inert` : html``}>
              <figcaption>${theme}, ${locale}</figcaption>
              ${card(item, item.texts[locale] ?? "", sender, locale)}
            </figure>`,
        ),
      )}
    </div>
    ${pressed}`;
}

/** As the prompt is typed, where scripts run; what has `data-without-script` makes way for it. */
export function livePreview(sender: string): Html {
  return html`<div class="previews" data-live data-sender="${sender}" hidden></div>
    ${pressed}`;
}

/** Where it is said that the buttons of a preview do nothing. */
const pressed = html`<p class="quiet" role="status" data-pressed></p>`;

/** The panel's own component; without scripts its words in HTML, in which what can be pressed only looks as if it could. */
function card(
  { contact, suggestion: given, when }: BundleItem,
  text: string,
  sender: string,
  locale: string,
): Html {
  const { prompt, copy, helped, notForMe, later, muteSender, why } = coachTexts;
  const from = (words: string) => words.replace("{sender}", sender);
  const suggestion = given ?? null;
  const tip = promptTip({ text, isRule: when !== undefined, contact, suggestion, sender });
  return html`<kept-tip data-of="${JSON.stringify(tip)}" lang="${locale}">
    <div class="tip">
      <p class="from" dir="auto">${from(prompt)}</p>
      <p class="message" dir="auto">${tip.message}</p>
      <p class="small" dir="auto">${coachTexts.contact.replace("{contact}", contact)}</p>
      ${
        suggestion === null
          ? html``
          : html`<p class="small">${coachTexts.suggestion}</p>
              <blockquote dir="auto">${suggestion}</blockquote>`
      }
      <p class="answers">
        ${suggestion === null ? html`` : html`<span class="pressed">${copy}</span>`}
        ${[helped, notForMe, later, from(muteSender)].map((words) => html`<span>${words}</span>`)}
      </p>
      <details>
        <summary>${why}</summary>
        <p class="small" dir="auto">${from(coachTexts.promptWhy)}</p>
      </details>
    </div>
  </kept-tip>`;
}
