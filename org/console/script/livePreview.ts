import { html, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Language } from "../../../webview/language.ts";
import { promptTip } from "./promptTip.ts";

const themes = ["light", "dark"] as const;

/** Shows a prompt as it is typed, in each of its languages, by the panel's own component. */
export function startLivePreview(form: HTMLFormElement, place: HTMLElement, language: Language): void {
  const sender = place.dataset["sender"] ?? "";
  const draw = () => render(cardsOf(readForm(form), sender, language), place);
  form.addEventListener("input", draw);
  // What the browser put back after going back is there only now.
  addEventListener("pageshow", draw);
  draw();
}

interface Typed {
  readonly texts: readonly { readonly locale: string; readonly text: string }[];
  readonly contact: string;
  readonly suggestion: string;
  readonly when: string;
}

function readForm(form: HTMLFormElement): Typed {
  const fields = new FormData(form);
  const all = (name: string) => fields.getAll(name).map((value) => (typeof value === "string" ? value : ""));
  const one = (name: string) => all(name)[0]?.trim() ?? "";
  const locales = all("locale");
  return {
    texts: all("text").flatMap((text, index) =>
      text.trim() === "" ? [] : [{ text: text.trim(), locale: locales[index]?.trim() ?? "" }],
    ),
    ...{ contact: one("contact"), suggestion: one("suggestion"), when: one("when") },
  };
}

function cardsOf({ texts, contact, suggestion, when }: Typed, sender: string, language: Language) {
  if (texts.length === 0) return html`<p class="quiet">It is shown here as you type.</p>`;
  const cards = texts.flatMap((row, index) =>
    themes.map((theme) => ({ ...row, theme, key: `${index} ${theme}` })),
  );
  return repeat(
    cards,
    ({ key }) => key,
    ({ text, locale, theme }) =>
      html`<figure class=${`preview ${theme}`} ?inert=${theme === "dark"}>
        <figcaption>${theme}, ${locale === "" ? "no language yet" : locale}</figcaption>
        <kept-tip
          .language=${language}
          .tip=${promptTip({
            ...{ text, isRule: when !== "", contact, sender },
            suggestion: suggestion === "" ? null : suggestion,
          })}
        ></kept-tip>
      </figure>`,
  );
}
