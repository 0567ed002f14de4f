import { LitElement, type PropertyDeclarations } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import type { TableId } from "../memory.ts";

/** A view, or a part of one, that is drawn from a summary and whose pictures have tables to open. */
export abstract class SummaryView extends LitElement {
  static override properties: PropertyDeclarations = {
    language: { attribute: false },
    summary: { attribute: false },
    openTables: { attribute: false },
  };

  declare language: Language;
  declare summary: Summary;
  declare openTables: readonly TableId[];

  constructor() {
    super();
    this.openTables = [];
  }
}
