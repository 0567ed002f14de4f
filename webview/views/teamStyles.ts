import { css } from "lit";

/** Band, dot and tick of the Team view, and its lines over weeks. */
export const teamStyles = css`
  .wide {
    grid-column: 1 / -1;
  }
  .card > * + * {
    margin-block-start: 8px;
  }
  @container (min-width: 968px) {
    .joining {
      grid-column: span 4;
    }
  }
  dl,
  .rows {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr));
    gap: 12px 32px;
    margin-block-start: 8px;
    list-style: none;
  }
  svg {
    display: block;
    margin-block: 2px;
    max-inline-size: 100%;
  }
  text {
    font-size: 11px;
    fill: var(--vscode-descriptionForeground);
  }
  summary {
    cursor: pointer;
  }
  .axis {
    stroke: var(--kept-guide);
    stroke-width: 2px;
  }
  .band {
    stroke: var(--vscode-charts-blue);
    stroke-width: 6px;
    stroke-opacity: 0.5;
  }
  .dot {
    fill: var(--vscode-charts-blue);
    stroke: var(--vscode-contrastBorder, none);
  }
  .own {
    stroke: var(--vscode-foreground);
    stroke-width: 2px;
  }
  .missing {
    fill: none;
    stroke: var(--vscode-descriptionForeground);
    stroke-dasharray: 3 3;
  }
  .frame {
    fill: none;
    stroke: var(--kept-guide);
  }
  .team {
    fill: none;
    stroke: var(--vscode-charts-blue);
    stroke-width: 2px;
  }
  .yours {
    fill: none;
    stroke: var(--vscode-foreground);
    stroke-width: 1.5px;
    stroke-dasharray: 4 3;
  }
  .card > ul:not(.rows) {
    padding-inline-start: 16px;
  }
  .log {
    max-block-size: 320px;
    overflow-y: auto;
  }
  .log ul {
    display: grid;
    gap: 8px;
    list-style: none;
  }
  .log time,
  .sample {
    display: block;
  }
  .prompts {
    display: grid;
    gap: 8px;
    padding-inline-start: 16px;
  }
`;
