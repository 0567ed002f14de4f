import { count, dollars, head, moreThanShown, numberHead, stackBar, table, waiting } from "../charts.ts";
import { html, type Html } from "../html.ts";
import { percent } from "../../../core/percent.ts";
import { byKey, hiddenWords, telling, total, type TallyReading, type TallyRow } from "../tallyReading.ts";
import { toolWords } from "../toolWords.ts";

/** What each tool is used for, and what a request costs there. */
export function taskTypePart(reading: TallyReading): Html {
  const { rows } = reading;
  if (total(rows, "requests") === 0) {
    return waiting(
      "task-types",
      "Tools by task type",
      "It is drawn from the first published week in which five people or more share what tools' own records say of requests.",
    );
  }
  const types = byKey(rows, "task.type", "requests").map(({ value }) => value);
  return html`<section aria-labelledby="task-types">
    <h2 id="task-types">Tools by task type</h2>
    <p class="quiet">
      Of each tool's requests, what they were for by the files they changed, and what a hundred of them cost
      by list price. Work differs: a tool is not dear because its work is.
    </p>
    ${table(
      "task-types",
      [head("Tool"), ...types.map((type) => head(typeWords(type))), numberHead("Requests")],
      byKey(rows, "tool", "requests").map(({ value, rows: own }) => toolRow(value, own, types)),
    )}
    ${moreThanShown(hiddenWords(reading))}
  </section>`;
}

export const typeWords = (type: string) => (type === "*" ? "not told apart" : type);

function toolRow(tool: string, rows: readonly TallyRow[], types: readonly string[]): Html {
  const all = total(rows, "requests");
  return html`<tr>
    <th scope="row">${toolWords(tool)}</th>
    ${types.map((type) => {
      const own = rows.filter(({ keys }) => keys["task.type"] === type);
      const requests = total(own, "requests");
      if (requests === 0) return html`<td class="quiet">–</td>`;
      const price = perHundred(own);
      return html`<td class="measured">
        ${stackBar([requests], all)} ${percent(requests / all)}
        <span class="quiet">${price === undefined ? "unpriced" : `${dollars(price)} per 100`}</span>
      </td>`;
    })}
    <td class="number">${count(all)}</td>
  </tr>`;
}

/** In cents; undefined where no request has a price, or none that is told. */
export function perHundred(rows: readonly TallyRow[]): number | undefined {
  const told = telling(rows, "requests", "unpriced", "cost.cents");
  const priced = total(told, "requests") - total(told, "unpriced");
  return priced > 0 ? (100 * total(told, "cost.cents")) / priced : undefined;
}
