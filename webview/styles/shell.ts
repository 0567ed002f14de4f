import { css } from "lit";

/** The frame around the views. */
export const shell = css`
  :host {
    max-inline-size: 1360px;
    padding: 0 16px 24px;
    container-type: inline-size;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
    margin-block-end: 8px;
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
  }
  .tabs button {
    flex: none;
    margin: 0;
    padding: 8px 0 6px;
    border: 0;
    border-block-end: 1px solid transparent;
    background: none;
    color: var(--vscode-panelTitle-inactiveForeground, var(--vscode-descriptionForeground));
    font: inherit;
    line-height: 20px;
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
  }
  .tabs button[aria-selected="true"] {
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
    border-block-end-color: var(--vscode-panelTitle-activeBorder, currentColor);
  }
  .tabs button:focus-visible {
    outline-offset: -1px;
  }
  .pickers {
    display: flex;
    gap: 8px;
    margin-block: 4px;
    min-inline-size: 0;
  }
  select {
    min-inline-size: 0;
    block-size: 24px;
    padding: 0 4px;
    border: 1px solid var(--vscode-dropdown-border, transparent);
    border-radius: 4px;
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
    font: inherit;
    cursor: pointer;
  }
  .standing {
    display: grid;
    gap: 8px;
    margin-block-end: 16px;
  }
  .done:empty {
    display: none;
  }
  .done {
    margin-block-end: 8px;
    padding: 4px 12px;
    border-inline-start: 3px solid var(--vscode-descriptionForeground);
  }
  #view:focus-visible {
    outline: none;
  }
  /* Most answers come sooner than anybody could read this. */
  .later {
    animation: appear 120ms 300ms both;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .later {
      animation: none;
    }
  }
`;
