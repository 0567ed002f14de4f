import { html } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { type ViewId } from "../memory.ts";
import { actionButton, tryAgainButton } from "../parts/actions.ts";
import { problemBlock } from "../parts/notice.ts";
import { screenOf, type PanelModel } from "../state.ts";
import "./behind.ts";
import "./coach.ts";
import "./cost.ts";
import "./data.ts";
import { emptyBlock } from "./empty.ts";
import "./quality.ts";
import "./team.ts";
import "./today.ts";
import "./tools.ts";

/** The view that was chosen, or why there is nothing to show in it. */
export function viewOf(from: EventTarget, language: Language, model: PanelModel) {
  const screen = screenOf(model);
  const summary = "summary" in screen ? screen.summary : undefined;
  if (model.behind && summary) {
    return html`<kept-behind
      .language=${language}
      .behind=${model.behind}
      .edits=${model.edits}
      from=${model.view}
    ></kept-behind>`;
  }
  switch (model.view) {
    case "data":
      return html`<kept-data
        .language=${language}
        .host=${model.host}
        .summary=${summary}
        .sharing=${model.sharing}
        .tools=${model.tools}
      ></kept-data>`;
    case "coach":
      return html`<kept-coach
        .language=${language}
        .coach=${model.coach}
        .digest=${model.digest}
        .summary=${summary}
        .openTables=${model.openTables}
      ></kept-coach>`;
    case "team":
      return html`<kept-team
        .language=${language}
        .team=${model.team}
        .coach=${model.coach}
        .summary=${summary}
        .openTables=${model.openTables}
      ></kept-team>`;
    default:
      return ofNumbers(from, language, model, model.view);
  }
}

function ofNumbers(
  from: EventTarget,
  language: Language,
  model: PanelModel,
  view: Exclude<ViewId, "data" | "coach" | "team">,
) {
  const { states } = language.text;
  const screen = screenOf(model);
  switch (screen.show) {
    case "starting":
    case "waiting":
      return html`<p class="later small" role="status">${states[screen.show]}</p>`;
    case "stopped":
      return problemBlock(states.stopped, screen.problem, [
        actionButton(from, language, "restart", true),
        actionButton(from, language, "showLog"),
      ]);
    case "failed":
      return problemBlock(states.failed, screen.problem, [
        tryAgainButton(from, language),
        actionButton(from, language, "showLog"),
      ]);
    case "empty":
      // Tools keep records of their requests also where nobody watched the edits.
      return view === "cost" && screen.summary.requests.requests > 0
        ? withNumbers(language, model, screen.summary, view)
        : emptyBlock(from, language, screen.summary);
    case "numbers":
      return withNumbers(language, model, screen.summary, view);
  }
}

function withNumbers(
  language: Language,
  model: PanelModel,
  summary: Summary,
  view: Exclude<ViewId, "data" | "coach" | "team">,
) {
  switch (view) {
    case "today":
      return html`<kept-today
        .language=${language}
        .summary=${summary}
        .moment=${model.moment}
        .unread=${model.unread}
        .tip=${model.coach?.tip ?? undefined}
        .openTables=${model.openTables}
      ></kept-today>`;
    case "quality":
      return html`<kept-quality
        .language=${language}
        .summary=${summary}
        .openTables=${model.openTables}
      ></kept-quality>`;
    case "tools":
      return html`<kept-tools
        .language=${language}
        .summary=${summary}
        .openTables=${model.openTables}
      ></kept-tools>`;
    case "cost":
      return html`<kept-cost
        .language=${language}
        .summary=${summary}
        .openTables=${model.openTables}
      ></kept-cost>`;
  }
}
