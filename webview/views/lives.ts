import { html } from "lit";
import type { Fates } from "../../protocol/fates.ts";
import type { Language } from "../language.ts";
import "../parts/explained.ts";
import type { Definition } from "../parts/explained.ts";
import { commitsBehind } from "../parts/metricBehind.ts";
import { leastCommits } from "./fateCurves.ts";

type Lives = Fates["lives"];
type HalfLife = Lives["halfLives"][number];

/** When half of the lines is gone, and how much sooner AI's go than people's. */
export function livesPart(language: Language, { halfLives, hazardRatio }: Lives, common: Definition) {
  const { text, fill } = language;
  const { quality } = text;
  const isEnough = halfLives.every(({ commits }) => commits >= leastCommits);
  const ratio = isEnough ? hazardRatio : null;
  const bounds = ratio && { low: timesWords(language, ratio.low), high: timesWords(language, ratio.high) };
  return html`<dl class="lives small">
    ${halfLives.map(
      (each) =>
        html`<div>
          <dt>${fill(quality.halfLifeOf, { kind: text.kinds[each.kind] })}</dt>
          <dd>
            ${number(language, halfLifeShown(language, each), halfLifeDefinition(language, each, common))}
          </dd>
        </div>`,
    )}
    <div>
      <dt>${quality.hazard}</dt>
      <dd>
        ${number(language, ratio ? timesWords(language, ratio.value) : undefined, {
          ...common,
          ...{ name: quality.hazard, meaning: quality.hazardMeaning, formula: quality.hazardFormula },
          certainty: bounds
            ? fill(text.scorecard.certainty, { interval: fill(text.scorecard.interval, bounds) })
            : text.kept.notEnough,
        })}
      </dd>
    </div>
  </dl>`;
}

/** Of few commits nothing. */
export function halfLifeShown({ text, plural }: Language, { commits, days }: HalfLife): string | undefined {
  if (commits < leastCommits) return undefined;
  return days === null ? text.quality.notReached : plural(text.quality.days, days);
}

function halfLifeDefinition(language: Language, each: HalfLife, common: Definition): Definition {
  const { text, fill, plural } = language;
  const { quality } = text;
  const words = (age: number | null) => (age === null ? quality.notReached : plural(quality.days, age));
  const bounds = { low: words(each.low), high: words(each.high) };
  return {
    ...common,
    name: fill(quality.halfLifeOf, { kind: text.kinds[each.kind] }),
    meaning: quality.halfLifeMeaning,
    sample: plural(quality.commits, each.commits),
    behind: commitsBehind(each.kind),
    certainty:
      each.commits < leastCommits
        ? text.kept.notEnough
        : fill(text.scorecard.certainty, { interval: fill(text.scorecard.interval, bounds) }),
  };
}

function number(language: Language, shown: string | undefined, definition: Definition) {
  const { kept } = language.text;
  return html`<kept-explained
    .language=${language}
    .definition=${definition}
    .spoken=${shown === undefined ? kept.notEnough : undefined}
    text=${shown ?? kept.mark}
  ></kept-explained>`;
}

/** A ratio, as "1.3 times". */
function timesWords({ text, fill, decimal }: Language, value: number): string {
  return fill(text.quality.times, { n: decimal(value) });
}
