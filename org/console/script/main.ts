import "../../../webview/charts/curve.ts";
import type { Curve } from "../../../webview/charts/curve.ts";
import { makeLanguage } from "../../../webview/language.ts";
import { onAct } from "../../../webview/parts/act.ts";
import { english } from "../../../webview/strings.ts";
import "../../../webview/views/tip.ts";
import type { TipCard } from "../../../webview/views/tip.ts";
import type { MeasuredShare } from "../../../protocol/share.ts";
import type { Tip } from "../../../protocol/coaching.ts";
import type { CurveData } from "./curveData.ts";
import { startLivePreview } from "./livePreview.ts";
import "./shareFigure.ts";
import type { ShareFigure } from "./shareFigure.ts";

/** The pages are whole without this: it draws what they say as the panel does, and shows a prompt as it is typed. */
const language = makeLanguage(document.documentElement.lang, english);

/** Made by the service that served the page. */
const dataOf = (element: HTMLElement) => JSON.parse(element.dataset["of"] ?? "null") as unknown;

for (const card of document.querySelectorAll<TipCard>("kept-tip[data-of]")) {
  card.language = language;
  card.tip = dataOf(card) as Tip;
}

for (const figure of document.querySelectorAll<ShareFigure>("kept-share[data-of]")) {
  figure.share = dataOf(figure) as MeasuredShare;
}

for (const curve of document.querySelectorAll<Curve>("kept-curve[data-of]")) {
  const { heading, series, moments, sample } = dataOf(curve) as CurveData;
  curve.language = language;
  curve.heading = heading;
  curve.moments = moments;
  curve.series = series.map((each) => ({ ...each, shares: each.shares.map((share) => share ?? undefined) }));
  curve.sampleOf = ({ n }) => language.plural(sample, n);
  curve.hidden = false;
}

const form = document.querySelector<HTMLFormElement>("form.writing");
const place = document.querySelector<HTMLElement>("[data-live]");
if (form !== null && place !== null) {
  for (const other of document.querySelectorAll<HTMLElement>("[data-without-script]")) other.hidden = true;
  place.hidden = false;
  startLivePreview(form, place, language);
}

const said = document.querySelector<HTMLElement>("[data-pressed]");
onAct(document, () => {
  if (said !== null)
    said.textContent = "This is a picture: in the editor the button acts, here nothing is sent.";
});
