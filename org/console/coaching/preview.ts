import type { BundleItem } from "../../../protocol/bundle.ts";
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

function card({ contact, suggestion, when }: BundleItem, text: string, sender: string, locale: string): Html {
  return html`<div class="tip" lang="${locale}" dir="auto">
    <p class="from">From ${sender}</p>
    <p class="message">${when === undefined ? text : withPlaces(text)}</p>
    ${
      suggestion === undefined
        ? html``
        : html`<p class="suggested"><code>${suggestion}</code></p>
            <p><span class="pressed">Copy the suggested prompt</span></p>`
    }
    <p class="answers"><span>Helped</span> <span>Not for me</span> <span>Mute ${sender}</span></p>
    <p class="ask">Ask: ${contact}</p>
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
