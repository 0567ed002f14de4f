import { css } from "lit";

/**
 * A table of several columns that becomes, where there is no room for them, a list: each row its name, and below it
 * what its columns say, beside the name of the column (`data-head`). A `silent` row has nothing in them to say.
 */
export const stacks = css`
  @container (max-width: 440px) {
    .stacks thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .stacks tr {
      display: flex;
      flex-wrap: wrap;
      gap: 0 12px;
      padding-block: 4px;
      border-block-end: 1px solid var(--kept-guide);
    }
    .stacks tbody tr:last-child {
      border-block-end: 0;
    }
    .stacks th[scope="row"],
    .stacks td {
      padding: 0;
      border: 0;
      text-align: start;
      white-space: normal;
    }
    .stacks th[scope="row"],
    .stacks .message {
      flex: 1 1 100%;
    }
    .stacks .silent [data-head] {
      display: none;
    }
    .stacks [data-head]::before {
      content: attr(data-head) "\\00a0";
      font-size: 0.92em;
      color: var(--vscode-descriptionForeground);
    }
  }
`;
