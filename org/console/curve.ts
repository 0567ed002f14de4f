import { html, type Html } from "./html.ts";
import type { CurveData } from "./script/curveData.ts";

/** The panel's curve, where scripts run; the table that stands behind it says the same to everybody. */
export function curve(data: CurveData): Html {
  return html`<kept-curve data-of="${JSON.stringify(data)}" hidden></kept-curve>`;
}
