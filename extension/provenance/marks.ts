import * as vscode from "vscode";
import type { OriginKind } from "../../protocol/origin.ts";

/** Kinds that get a mark. Text of unknown origin gets none. */
export const markedKinds = ["ai", "human", "tooling", "external"] as const satisfies readonly OriginKind[];
export type MarkedKind = (typeof markedKinds)[number];

interface Mark {
  /** Inside 16 by 16; `INK` is replaced by the colour. */
  readonly shape: string;
  readonly light: string;
  readonly dark: string;
  /** The place in the overview ruler says the kind to who cannot tell the colours. */
  readonly lane: vscode.OverviewRulerLane;
  readonly ruler: string;
}

/** The shapes are those of the signs in the hover: filled square, circle, diamond, triangle. */
const marks: Readonly<Record<MarkedKind, Mark>> = {
  ai: {
    shape: '<rect x="5" y="4" width="6" height="8" fill="INK"/>',
    light: "#1a85ff",
    dark: "#3794ff",
    lane: vscode.OverviewRulerLane.Left,
    ruler: "charts.blue",
  },
  human: {
    shape: '<circle cx="8" cy="8" r="2.6" fill="none" stroke="INK" stroke-width="1.2"/>',
    light: "#616161",
    dark: "#cccccc",
    lane: vscode.OverviewRulerLane.Center,
    ruler: "charts.foreground",
  },
  tooling: {
    shape: '<path d="M8 4.2 11.8 8 8 11.8 4.2 8Z" fill="none" stroke="INK" stroke-width="1.2"/>',
    light: "#7a4fa3",
    dark: "#b180d7",
    lane: vscode.OverviewRulerLane.Right,
    ruler: "charts.purple",
  },
  external: {
    shape: '<path d="M8 4.2 12 11.5H4Z" fill="none" stroke="INK" stroke-width="1.2"/>',
    light: "#a05a00",
    dark: "#d18616",
    lane: vscode.OverviewRulerLane.Full,
    ruler: "charts.orange",
  },
};

export function createMark(kind: MarkedKind): vscode.TextEditorDecorationType {
  const { shape, light, dark, lane, ruler } = marks[kind];
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    gutterIconSize: "contain",
    overviewRulerLane: lane,
    overviewRulerColor: new vscode.ThemeColor(ruler),
    light: { gutterIconPath: picture(shape, light) },
    dark: { gutterIconPath: picture(shape, dark) },
  });
}

function picture(shape: string, ink: string): vscode.Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${shape.replaceAll("INK", ink)}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`);
}
