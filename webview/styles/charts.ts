import { css } from "lit";

/** What every chart that is walked has: the plot with its axis, and the legend below it that is the readout. */
export const walkedChart = css`
  .plot {
    display: block;
    border-radius: 2px;
    cursor: crosshair;
    touch-action: pan-y;
  }
  .plot:focus-visible {
    outline-offset: 2px;
  }
  svg {
    display: block;
    overflow: visible;
  }
  text {
    font-size: 11px;
    fill: var(--vscode-descriptionForeground);
  }
  .across {
    stroke: var(--kept-guide);
  }
  .baseline {
    stroke: var(--vscode-descriptionForeground);
  }
  .chosen {
    fill: var(--vscode-list-hoverBackground, transparent);
    stroke: var(--vscode-contrastActiveBorder, none);
  }
  .readout {
    display: grid;
    gap: 0 16px;
    margin-block-start: 8px;
    list-style: none;
    font-size: 0.92em;
  }
  .of {
    color: var(--vscode-descriptionForeground);
  }
  /* By their first lines: a number of several lines would put its name beside the last one. */
  li {
    display: flex;
    align-items: start;
    gap: 4px;
  }
  .swatch {
    flex: none;
    margin-block-start: 0.25em;
    margin-inline-end: 4px;
  }
  .number {
    margin-inline-start: auto;
    text-align: end;
  }
`;
