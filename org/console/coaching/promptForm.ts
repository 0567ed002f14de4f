import { variables } from "../../../core/coaching/variables.ts";
import { practiceLevels } from "../../../protocol/bundle.ts";
import { measures } from "../../../protocol/coaching.ts";
import { toolSchema } from "../../../protocol/tool.ts";
import { html, type Html } from "../html.ts";
import type { Visit } from "../site.ts";
import { offeredLanguages } from "../languageWords.ts";
import { levelWords, type Complaints, type PromptField, type PromptForm } from "./promptFields.ts";
import { toolWords } from "../toolWords.ts";

/** Rows for further languages beyond those that are filled. */
const emptyRows = 2;

/** The form in which a prompt is written. What is wrong with a field is said beside it. */
export function promptForm(
  { formField }: Visit,
  form: PromptForm,
  teams: readonly string[],
  complaints: Complaints = {},
): Html {
  return html`<form method="post" action="/coaching/save" class="writing">
    ${formField}
    <input type="hidden" name="prompt" value="${form.prompt}" />
    <input type="hidden" name="seen" value="${form.seen}" />
    ${textRows(form, complaints)} ${suggestion(form, complaints)} ${audience(form, teams, complaints)}
    ${schedule(form, complaints)} ${rule(form, complaints)}
    <p class="acts">
      <button class="primary">Save</button>
      <button formaction="/coaching/preview" formtarget="preview" data-without-script>
        Show in the editor
      </button>
    </p>
  </form>`;
}

/** Beside the field, and tied to it for who cannot see where it stands. */
function complaint(complaints: Complaints, field: PromptField): Html {
  const words = complaints[field];
  return words === undefined
    ? html``
    : html`<p class="complaint" id="wrong-${field}" role="alert">▲ ${words}</p>`;
}

function wrong(complaints: Complaints, field: PromptField): Html {
  return complaints[field] === undefined
    ? html``
    : html`aria-invalid="true" aria-describedby="wrong-${field}"`;
}

function textRows({ locale, text }: PromptForm, complaints: Complaints): Html {
  const rows = Array.from({ length: Math.max(locale.length, text.length, 1) + emptyRows }, (_, index) => ({
    ...{ index, locale: locale[index] ?? "", text: text[index] ?? "" },
  })).filter((row, index) => index === 0 || row.text !== "" || index >= text.length);
  return html`<fieldset>
    <legend>What it says, in each language</legend>
    <p class="quiet">The first is shown where none fits. Empty rows are left out.</p>
    ${complaint(complaints, "texts")}
    ${rows.map((row) => {
      const name = row.index === 0 ? "default text" : `text ${row.index + 1}`;
      return html`<div class="text-row">
        <input
          name="locale"
          value="${row.locale}"
          maxlength="11"
          placeholder="de"
          aria-label="Language of the ${name}"
          ${wrong(complaints, "texts")}
        />
        <textarea
          name="text"
          rows="${row.index === 0 ? 4 : 2}"
          maxlength="1000"
          aria-label="The ${name}"
          dir="auto"
          ${wrong(complaints, "texts")}
        >
${row.text}</textarea>
      </div>`;
    })}
  </fieldset>`;
}

function suggestion(form: PromptForm, complaints: Complaints): Html {
  return html`<fieldset>
    <legend>What goes with it</legend>
    ${complaint(complaints, "suggestion")}
    <label for="suggestion">Suggested prompt to copy; never inserted, never handed to an agent</label>
    <textarea id="suggestion" name="suggestion" rows="2" maxlength="1000" ${wrong(complaints, "suggestion")}>
${form.suggestion}</textarea>
    ${complaint(complaints, "contact")}
    <label for="contact">Whom to ask</label>
    <input
      id="contact"
      name="contact"
      value="${form.contact}"
      maxlength="120"
      required
      ${wrong(complaints, "contact")}
    />
  </fieldset>`;
}

function audience(form: PromptForm, teams: readonly string[], complaints: Complaints): Html {
  const kind = (value: string, words: string, more: Html) =>
    html`<div class="audience">
      <label class="choice">
        <input
          type="radio"
          name="audience"
          value="${value}"
          ${form.audience === value ? html`checked` : html``}
        />
        ${words}
      </label>
      ${more}
    </div>`;
  const select = (
    name: string,
    label: string,
    options: readonly (readonly [string, string])[],
    now: string,
  ) =>
    html`<select name="${name}" aria-label="${label}">
      ${options.map(
        ([value, words]) =>
          html`<option value="${value}" ${value === now ? html`selected` : html``}>${words}</option>`,
      )}
    </select>`;
  const plain = (values: readonly string[]) => values.map((value) => [value, value] as const);
  return html`<fieldset>
    <legend>For whom</legend>
    <p class="quiet">It is decided on each machine; nobody learns who saw it.</p>
    ${complaint(complaints, "audience")} ${kind("everyone", "Everyone", html``)}
    ${kind("team", "A team", select("team", "Team", plain(teams), form.team))}
    ${kind(
      "tool",
      "Users of a tool",
      select(
        "tool",
        "Tool",
        toolSchema.options.map((tool) => [tool, toolWords(tool)] as const),
        form.tool,
      ),
    )}
    ${kind(
      "language",
      "Who writes a language",
      html`<input
          name="language"
          value="${form.language}"
          maxlength="40"
          list="languages"
          placeholder="TypeScript"
          aria-label="Language, by its name or the editor's for it"
        /><datalist id="languages">
          ${offeredLanguages.map((name) => html`<option value="${name}"></option>`)}
        </datalist>`,
    )}
    ${kind(
      "level",
      "A level of practice",
      select(
        "level",
        "Level",
        practiceLevels.map((level) => [level, levelWords[level]] as const),
        form.level,
      ),
    )}
  </fieldset>`;
}

function schedule(form: PromptForm, complaints: Complaints): Html {
  const day = (name: "from" | "until", words: string) =>
    html`<div>
      <label for="${name}">${words}</label>
      <input
        id="${name}"
        name="${name}"
        type="date"
        value="${form[name]}"
        required
        ${wrong(complaints, name)}
      />
      ${complaint(complaints, name)}
    </div>`;
  return html`<fieldset>
    <legend>When</legend>
    <div class="fields">${day("from", "First day")} ${day("until", "Last day")}</div>
  </fieldset>`;
}

function rule(form: PromptForm, complaints: Complaints): Html {
  const isUsed = [form.when, form.sampleOf, form.metric].some((each) => each !== "");
  return html`<details ${isUsed ? html`open` : html``}>
    <summary>A rule: only while a condition holds</summary>
    <fieldset>
      <legend class="hidden">Rule</legend>
      <p class="quiet">
        The condition is worked out from the person's own numbers on their own machine. The text may quote a
        number as {uncommitted.lines}.
      </p>
      ${complaint(complaints, "when")}
      <label for="when">Condition, such as uncommitted.lines > 400</label>
      <input id="when" name="when" value="${form.when}" maxlength="500" ${wrong(complaints, "when")} />
      ${complaint(complaints, "sample")}
      <div class="fields">
        <div>
          <label for="sampleOf">Only where this number</label>
          <input
            id="sampleOf"
            name="sampleOf"
            list="numbers"
            value="${form.sampleOf}"
            maxlength="80"
            ${wrong(complaints, "sample")}
          />
          <datalist id="numbers">
            ${[...variables].map(([name, { words }]) => html`<option value="${name}">${words}</option>`)}
          </datalist>
        </div>
        <div>
          <label for="sampleLeast">is at least</label>
          <input
            id="sampleLeast"
            name="sampleLeast"
            inputmode="numeric"
            value="${form.sampleLeast}"
            maxlength="6"
          />
        </div>
      </div>
      ${complaint(complaints, "expects")}
      <div class="fields">
        <div>
          <label for="metric">What should change</label>
          <select id="metric" name="metric">
            <option value="">what is kept of AI text, within 14 days</option>
            ${Object.entries(measures).map(
              ([name, words]) =>
                html`<option value="${name}" ${form.metric === name ? html`selected` : html``}>
                  ${words}
                </option>`,
            )}
          </select>
        </div>
        <div>
          <label for="direction">How</label>
          <select id="direction" name="direction">
            ${["higher", "lower"].map(
              (each) => html`<option ${form.direction === each ? html`selected` : html``}>${each}</option>`,
            )}
          </select>
        </div>
        <div>
          <label for="windowDays">Within days</label>
          <input
            id="windowDays"
            name="windowDays"
            inputmode="numeric"
            value="${form.windowDays}"
            maxlength="2"
          />
        </div>
      </div>
    </fieldset>
  </details>`;
}
