import { css, html, type TemplateResult } from "lit";
import { describeProblem, type Problem } from "../../protocol/errors.ts";

/** A line or block that says how things stand when there is more, or less, than numbers. */
export const notices = css`
  .notice {
    display: grid;
    gap: 4px;
    padding: 8px 12px;
    border: 1px solid var(--kept-line);
    border-inline-start: 3px solid var(--vscode-descriptionForeground);
    border-radius: 2px;
  }
  .notice.dashed {
    border: 1px dashed var(--vscode-descriptionForeground);
  }
  .notice span {
    line-height: 20px;
  }
  .notice .row button {
    padding: 0;
  }
  .notice strong {
    font-weight: 600;
  }
  .notice .row {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 12px;
  }
  .block {
    display: grid;
    gap: 12px;
    max-inline-size: 60ch;
    padding-block: 16px;
  }
  .block h2 {
    font-size: 1.25em;
    line-height: 24px;
    font-weight: 400;
  }
  .block ul {
    display: grid;
    gap: 4px;
    padding-inline-start: 20px;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
`;

/** What went wrong, what to do about it, and the buttons that help. */
export function problemBlock(title: string, problem: Problem, buttons: readonly TemplateResult[]) {
  const { message, whatToDo } = describeProblem(problem);
  return html`<div class="block" role="alert">
    <h2>${title}</h2>
    <p dir="auto">${message}</p>
    <p dir="auto">${whatToDo}</p>
    <div class="buttons">${buttons}</div>
  </div>`;
}
