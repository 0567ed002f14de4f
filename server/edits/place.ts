import type { Joint } from "./joint.ts";
import type { OpenDocument } from "./openDocument.ts";
import type { Recalled } from "../unseen/recall.ts";
import type { Stream } from "./stream.ts";

/** An open document, and what is still to come of it. */
export interface Place {
  readonly document: OpenDocument;
  readonly joint: Joint;
  readonly openedAt: number;
  /** How far git had gone when the text was read last. */
  gitMark: string | undefined;
  /** When the text has been at rest long enough; Infinity once that is stored. */
  restsAt: number;
  /** What became of the text while nobody watched. If it turns out that somebody did, it is forgotten. */
  unseen: { readonly recalled: Recalled; readonly from: string; readonly until: number } | undefined;
  /** What a conversation is writing. */
  stream?: Stream | undefined;
}
