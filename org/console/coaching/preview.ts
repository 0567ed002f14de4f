import type { BundleItem } from "../../../protocol/bundle.ts";
import { coachTexts } from "../../../webview/texts/coach.ts";
import { html, type Html } from "../html.ts";

const quoted = /\{([^{}|]*)(?:\|[^{}|]*\|[^{}|]*)?\}/g;

/** How editors show a prompt, in a light and in a dark one. Numbers that a rule quotes are put in on each machine. */
export function previewOf(item: BundleItem, sender: string): Html {
  const locales = [
    item.defaultLocale,
    ...Object.keys(item.texts).filter((locale) => locale !== item.defaultLocale),
  ];
  return html`<div class="previews">
    ${locales.flatMap((locale) =>
      (["light", "dark"] as const).map(
        (theme) =>
          html`<figure class="preview ${theme}">
            <figcaption>${theme}, ${locale}</figcaption>
            ${card(item, item.texts[locale] ?? "", sender, locale)}
          </figure>`,
      ),
    )}
  </div>`;
}

/** The panel's tip in its own words, in HTML: what can be pressed there only looks as if it could here. */
function card({ contact, suggestion, when }: BundleItem, text: string, sender: string, locale: string): Html {
  const { prompt, copy, helped, notForMe, later, muteSender, why } = coachTexts;
  const from = (words: string) => words.replace("{sender}", sender);
  return html`<div class="tip">
    <p class="from" dir="auto">${from(prompt)}</p>
    <p class="message" lang="${locale}" dir="auto">${when === undefined ? text : withPlaces(text)}</p>
    ${
      suggestion === undefined
        ? html``
        : html`<p class="small">${coachTexts.suggestion}</p>
            <blockquote dir="auto">${suggestion}</blockquote>`
    }
    <p class="answers">
      ${suggestion === undefined ? html`` : html`<span class="pressed">${copy}</span>`}
      ${[helped, notForMe, later, from(muteSender)].map((words) => html`<span>${words}</span>`)}
    </p>
    <details>
      <summary>${why}</summary>
      <p class="small" dir="auto">${coachTexts.contact.replace("{contact}", contact)}</p>
      <p class="small" dir="auto">${from(coachTexts.promptWhy)}</p>
    </details>
  </div>`;
}

/** A number's name stands where the number will. */
function withPlaces(text: string): Html {
  const parts: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(quoted)) {
    parts.push(html`${text.slice(end, match.index)}<var>${match[1] ?? ""}</var>`);
    end = match.index + match[0].length;
  }
  return html`${parts}${text.slice(end)}`;
}
