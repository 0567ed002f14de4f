import { css } from "lit";

/** What every part shares. Colours are the theme's own; `contrastBorder` exists in high contrast themes alone. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  h1,
  h2,
  h3 {
    font-size: 1em;
    font-weight: 600;
    line-height: 20px;
  }
  p,
  li,
  dd,
  dt {
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .small {
    font-size: 0.92em;
    color: var(--vscode-descriptionForeground);
  }
  /* A dot stands left of every part, and is cut off where the part begins a line. */
  .parts {
    display: flex;
    flex-wrap: wrap;
    column-gap: 1em;
    clip-path: inset(-4px -4px -4px -2px);
  }
  .parts > *::before {
    content: "·" / "";
    display: inline-block;
    inline-size: 1em;
    margin-inline-start: -1em;
    text-align: center;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button.quiet {
    font: inherit;
    line-height: 20px;
    margin: 0;
    padding: 0 4px;
    border: 0;
    border-radius: 2px;
    background: none;
    color: var(--vscode-textLink-foreground);
    cursor: pointer;
  }
  button.quiet:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
`;

/** The textures of the origins: solid, outlined, light, hatched, dotted. */
export const textures = css`
  .ai {
    fill: var(--vscode-charts-blue);
    stroke: none;
  }
  .human {
    fill: none;
    stroke: var(--vscode-foreground);
    stroke-width: 1px;
  }
  .tooling {
    fill: var(--vscode-foreground);
    fill-opacity: 0.28;
    stroke: var(--vscode-contrastBorder, none);
  }
  .hatch {
    fill: none;
    stroke: var(--vscode-foreground);
    stroke-opacity: 0.75;
    stroke-width: 1.2px;
  }
  .dots {
    fill: var(--vscode-foreground);
    fill-opacity: 0.8;
  }
  .frame {
    fill: none;
    stroke: var(--vscode-foreground);
    stroke-opacity: 0.4;
    stroke-width: 1px;
  }
`;

export const tables = css`
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: inherit;
  }
  caption {
    text-align: start;
  }
  th,
  td {
    padding: 4px 0 4px 12px;
    text-align: end;
    vertical-align: baseline;
    line-height: 20px;
    border-block-end: 1px solid var(--kept-guide);
  }
  th {
    font-weight: 400;
  }
  thead th {
    font-size: 0.92em;
    color: var(--vscode-descriptionForeground);
  }
  td,
  thead th {
    white-space: nowrap;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 0;
    text-align: start;
  }
  .amounts th,
  .amounts td {
    white-space: nowrap;
  }
  .amounts * + th,
  .amounts * + td {
    padding-inline-start: 8px;
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
`;
