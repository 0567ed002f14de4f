import { html } from "lit";
import { titleOfTool } from "../../core/tools/toolTitle.ts";
import type { ToolsSay } from "../../protocol/toolsSay.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import type { Definition } from "../parts/explained.ts";

/** What tools say of their own edits beside what Kept's samples say, each with how many edits it is of. */
export function toolsSayTable(language: Language, { decisions, survival }: ToolsSay) {
  const { text, fill, percent, count, duration } = language;
  const words = text.toolsSay;
  const score = ({ value, n }: { readonly value: number | null; readonly n: number }) =>
    value === null ? words.noSamples : fill(words.value, { share: percent(value), n: count(n) });
  const groups = [...new Set(survival.map(({ tool, measure }) => `${measure} ${tool}`))].map((key) =>
    survival.filter(({ tool, measure }) => `${measure} ${tool}` === key),
  );
  return html`${decisions.map(
    ({ tool, by, accepted, rejected }) =>
      html`<p dir="auto">
        ${fill(words.decisions[by], {
          tool: titleOfTool(tool),
          n: count(accepted + rejected),
          share: percent(accepted / (accepted + rejected)),
        })}
      </p>`,
  )}
  ${groups.map((rows) => {
    const { tool, measure } = rows[0]!;
    return html`<table class="said">
      <caption>
        <span dir="auto">${fill(words.measures[measure], { tool: titleOfTool(tool) })}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.head}</th>
          <th scope="col">${words.theirs}</th>
          <th scope="col">${words.ours}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ dueMs, theirs, ours }) =>
            html`<tr>
              <th scope="row">${duration(dueMs)}</th>
              <td>${score(theirs)}</td>
              <td>${score(ours)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  })}`;
}

export function toolsSayDefinition(language: Language, { from, to, toolsSay }: Summary): Definition {
  const { text, fill, plural } = language;
  const words = text.toolsSay;
  const most = (whose: "theirs" | "ours") =>
    plural(text.counts.edits, Math.max(0, ...toolsSay.survival.map((each) => each[whose].n)));
  return {
    name: words.title,
    meaning: words.meaning,
    window: fill(text.windows.all, { from: language.day(from), to: language.day(to) }),
    sample:
      toolsSay.survival.length === 0
        ? plural(
            words.decided,
            toolsSay.decisions.reduce((sum, { accepted, rejected }) => sum + accepted + rejected, 0),
          )
        : fill(words.sample, { theirs: most("theirs"), ours: most("ours") }),
    pitfalls: words.pitfalls,
  };
}
