import { css } from "lit";

/**
 * One column in a narrow side bar, two from 640 px, three from 1000, or two where each is a table (`half`); borders only where there are several. Views
 * measure themselves, which is 32 px less than the panel with its margins.
 */
export const cards = css`
  :host {
    container-type: inline-size;
  }
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .card + .card {
    padding-block-start: 16px;
    border-block-start: 1px solid var(--kept-line);
  }
  @container (min-width: 608px) {
    .cards {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 16px;
    }
    .card,
    .card + .card {
      padding: 12px 16px 16px;
      border: 1px solid var(--kept-line);
      border-radius: 4px;
    }
  }
  @container (min-width: 968px) {
    .cards {
      grid-template-columns: repeat(6, minmax(0, 1fr));
    }
    .cards > * {
      grid-column: span 2;
    }
    .cards > .half {
      grid-column: span 3;
    }
  }
`;
