import {
  exportHead,
  exportRows,
  exportTail,
  exportThingHead,
  exportThingTail,
  nextThing,
} from "../../core/report/exportText.ts";
import { exportThings, type ExportPart, type ExportQuestion } from "../../protocol/export.ts";
import { version } from "../../protocol/version.ts";
import type { Store } from "../store/store.ts";

/** Rows of one part: little memory, and a server that answers others in between. */
const rowsAtOnce = 500;

/** One part of an export, beginning where the last one ended. No part holds more than some hundred rows. */
export function exportPart(store: Store, { format, from, cursor }: ExportQuestion): ExportPart {
  const { thing, after, count } = cursor ?? { thing: exportThings[0], after: 0, count: 0 };
  const found = store.readAll(thing, { after, limit: rowsAtOnce, from });
  let text = cursor ? "" : exportHead(format, { kept: version, from });
  if (after === 0) text += exportThingHead(format, thing);
  text += exportRows(
    format,
    thing,
    found.map(({ row }) => row),
    count,
  );
  const last = found.at(-1);
  if (found.length === rowsAtOnce && last) {
    return { text, rows: found.length, next: { thing, after: last.number, count: count + found.length } };
  }
  text += exportThingTail(format);
  const next = nextThing(thing);
  if (!next) text += exportTail(format);
  return { text, rows: found.length, next: next ? { thing: next, after: 0, count: 0 } : null };
}
