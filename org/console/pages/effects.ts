import { ownRules } from "../../../core/coaching/catalogue.ts";
import { joinedKey } from "../../../protocol/tallies.ts";
import type { AppParts } from "../../app.ts";
import { count, head, moreThanShown, numberHead, table, whisker } from "../charts.ts";
import { itemOf } from "../coaching/approval.ts";
import { effectOf, leastKnown, type Improvement, type TipEffect } from "../coaching/effects.ts";
import { html, type Html } from "../html.ts";
import { trendOf } from "../measured.ts";
import { lookHeader, type Look, type Numbers } from "../numbers.ts";
import { percent } from "../../../core/percent.ts";
import { rangeWords } from "../card.ts";
import { readOrganisationName } from "../settings/readSettings.ts";
import type { Site } from "../site.ts";
import { byKey, hiddenWords, shareOf, type TallyRow } from "../tallyReading.ts";
import { languageWords } from "../languageWords.ts";
import { toolWords } from "../toolWords.ts";

const verdictWords: Readonly<Record<TipEffect["verdict"], string>> = {
  helps: "● better where it was said",
  harms: "▲ better where it was not said",
  noneSeen: "no difference seen",
  notEnoughData: `◌ not enough data: ${leastKnown} outcomes on each side`,
};

/** Whom prompts and tips reached, what came of them beside where chance kept them quiet, and what changed by tool. */
export function addEffectPage(site: Site, { store }: Pick<AppParts, "store">, numbers: Numbers): void {
  site.page("/coaching/effect", "readPrompts", async (visit) => {
    const look = await numbers.look(visit);
    const prompts = new Map(
      (await store.prompts()).map((prompt) => {
        const { texts, defaultLocale } = itemOf(prompt);
        return [prompt.prompt, (texts[defaultLocale] ?? "").slice(0, 90)] as const;
      }),
    );
    const reading = look.tally("kept.tip");
    const isPrompt = ({ keys }: TallyRow) => (keys["tip"] ?? "").length > 3;
    return {
      title: "Coaching",
      body: html`${lookHeader("/coaching/effect", look, await readOrganisationName(store))}
        ${promptsPart(reading.rows.filter(isPrompt), prompts)}
        ${proposals(reading.rows.filter((row) => !isPrompt(row)))} ${watch(look)}
        ${reading.rows.length === 0 || reading.hidden.length === 0 ? html`` : html`<section aria-label="What is hidden">${moreThanShown(hiddenWords(reading))}</section>`}
        <p><a href="/coaching">Back to coaching</a></p>`,
    };
  });
}

const heads = (first: readonly string[]) => [
  ...first.map(head),
  numberHead("Shown"),
  numberHead("Helped"),
  numberHead("Not for me"),
  head("Better where said"),
  head("Better where held out"),
  head("What that says"),
];

const none = "Nothing is published of it yet: five people or more have to share what came of a tip.";

function promptsPart(rows: readonly TallyRow[], names: ReadonlyMap<string, string>): Html {
  return html`<section aria-labelledby="reach">
    <h2 id="reach">Reach and effect of your prompts</h2>
    <p class="quiet">
      One opportunity in ten is held out at random. Better means that what a prompt was meant to change did
      change; the two columns are that share where it was said and where it was not.
    </p>
    ${
      rows.length === 0
        ? html`<p>◌ ${none}</p>`
        : table(
            "reach",
            heads(["Prompt"]),
            byKey(rows, "tip", "shown", "held.out").map(({ value, rows: own }) =>
              effectRow([names.get(value) ?? `Prompt ${value}`], effectOf(own)),
            ),
            "tight",
          )
    }
  </section>`;
}

/** Which built-in tips have most to say and help most, by tool and language: what a prompt could be about. */
function proposals(rows: readonly TallyRow[]): Html {
  const titles = new Map(ownRules().map(({ rule }) => [rule.id, rule.title]));
  const groups = new Map<string, TallyRow[]>();
  for (const row of rows) {
    const place = JSON.stringify([row.keys["tip"], row.keys["tool"], row.keys["language"]]);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [row]);
    else group.push(row);
  }
  const ranked = [...groups.values()]
    .map((own) => ({ keys: own[0]?.keys ?? {}, effect: effectOf(own) }))
    .sort((a, b) => rankOf(a.effect) - rankOf(b.effect) || b.effect.opportunities - a.effect.opportunities);
  const [first] = ranked;
  return html`<section aria-labelledby="proposals">
    <h2 id="proposals">What the next prompt could be about</h2>
    ${
      first === undefined
        ? html`<p>◌ ${none}</p>`
        : html`<p>
              ${
                first.effect.verdict === "helps"
                  ? `“${titles.get(first.keys["tip"] ?? "") ?? first.keys["tip"]}” helps${placeWords(first.keys)}: say it in your own words, for those it is about.`
                  : "None of Kept's own tips is shown to help yet; those that have most to say are first."
              }
            </p>
            ${table(
              "proposals",
              heads(["Kept's own tip", "Tool", "Language"]),
              ranked.map(({ keys, effect }) =>
                effectRow(
                  [
                    titles.get(keys["tip"] ?? "") ?? keys["tip"] ?? "",
                    toolWords(keys["tool"] ?? ""),
                    languageWords(keys["language"] ?? ""),
                  ],
                  effect,
                ),
              ),
              "tight",
            )}`
    }
  </section>`;
}

const order: readonly TipEffect["verdict"][] = ["helps", "noneSeen", "notEnoughData", "harms"];
const rankOf = ({ verdict }: TipEffect) => order.indexOf(verdict);

function placeWords(keys: TallyRow["keys"]): string {
  const isTold = (value = joinedKey) => value !== joinedKey && value !== "any";
  const places = [
    ...(isTold(keys["tool"]) ? [toolWords(keys["tool"]!)] : []),
    ...(isTold(keys["language"]) ? [languageWords(keys["language"]!)] : []),
  ];
  return places.length === 0 ? "" : ` with ${places.join(" in ")}`;
}

function effectRow(names: readonly string[], effect: TipEffect): Html {
  const [first = "", ...others] = names;
  return html`<tr>
    <th scope="row" class="says" dir="auto">${first}</th>
    ${others.map((name) => html`<td>${name}</td>`)}
    <td class="number">${effect.shown}</td>
    <td class="number">${effect.helped}</td>
    <td class="number">${effect.notForMe}</td>
    <td class="measured">${better(effect.said)}</td>
    <td class="measured">${better(effect.unsaid)}</td>
    <td class="measured">${verdictWords[effect.verdict]}</td>
  </tr>`;
}

function better({ improved, known, interval }: Improvement): Html {
  if (known < leastKnown) return html`<span class="quiet">◌ ${known} known</span>`;
  return html`${whisker({ value: improved / known, interval })} ${percent(improved / known)}
    <span class="quiet">of ${count(known)}, ${rangeWords(interval)}</span>`;
}

const looked = ["kept", "gone"];

/** Which tool's edits last longer or shorter than before. A model's name never leaves a machine; its tool's does. */
function watch(look: Look): Html {
  const now = byKey(look.tally("kept.funnel").rows, "tool", ...looked);
  const before = new Map(
    byKey(look.tally("kept.funnel", "before").rows, "tool", ...looked).map(({ value, rows }) => [
      value,
      rows,
    ]),
  );
  const words = now.map(({ value, rows }) => {
    const share = shareOf(rows, ["kept"], looked);
    const earlier = shareOf(before.get(value) ?? [], ["kept"], looked);
    const trend = trendOf(share, earlier);
    const numbers =
      share.value === undefined || earlier.value === undefined
        ? undefined
        : `${percent(earlier.value)} before, ${percent(share.value)} now`;
    if (trend === "unknown" || numbers === undefined)
      return `◌ ${toolWords(value)}: not enough published weeks to compare.`;
    if (trend === "noneSeen") return `● ${toolWords(value)}: no change seen; ${numbers}.`;
    return `${trend === "up" ? "●" : "▲"} ${toolWords(value)}: edits last ${trend === "up" ? "longer" : "shorter"} than in the ${look.view.period} weeks before; ${numbers}.`;
  });
  return html`<section aria-labelledby="watch">
    <h2 id="watch">Model watch</h2>
    <p class="quiet">
      Of each tool's edits, those of which something is left after 15 minutes, beside as many weeks before. No
      model's name or version leaves a machine: which one it was, every developer sees in their own panel.
    </p>
    ${
      words.length === 0
        ? html`<p>◌ ${none}</p>`
        : html`<ul class="plain">
            ${words.map((each) => html`<li>${each}</li>`)}
          </ul>`
    }
  </section>`;
}
