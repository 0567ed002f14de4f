import "./parsing.ts";
import "./panel.css";
import { Bridge, type Channel } from "./bridge.ts";
import { Controller, type Surroundings } from "./controller.ts";
import { makeLanguage } from "./language.ts";
import { recall } from "./memory.ts";
import { Panel } from "./panel.ts";
import { onAct } from "./parts/act.ts";
import { english } from "./strings.ts";

/** What the editor gives a page, once. */
interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
const startTimer: Channel["startTimer"] = (afterMs, run) => {
  const timer = setTimeout(run, afterMs);
  return () => clearTimeout(timer);
};
const surroundings: Surroundings = {
  startTimer,
  now: () => {
    const now = new Date();
    const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    return { day: parts.map((part) => String(part).padStart(2, "0")).join("-"), hour: now.getHours() };
  },
  isVisible: () => document.visibilityState === "visible",
  remember: (value) => editor.setState(value),
};

const bridge = new Bridge({ post: (message) => editor.postMessage(message), startTimer });
const controller = new Controller(bridge, surroundings, recall(editor.getState()));
window.addEventListener("message", (event) => bridge.receive(event.data));
document.addEventListener("visibilitychange", () => void controller.shown());

const panel = document.querySelector("kept-panel");
if (panel instanceof Panel) {
  const draw = () => {
    panel.model = controller.model;
  };
  panel.language = makeLanguage(document.documentElement.lang, english);
  onAct(panel, (what) => void controller.act(what));
  controller.onChange(draw);
  draw();
}
void controller.start();
