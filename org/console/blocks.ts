import { Html } from "./html.ts";

/**
 * A table whose cells each carry the name of their column, so that its rows can be blocks where a window is narrow. Blocks
 * are no table to a screen reader unless they say so: each part gets its role.
 */
export function withBlocks({ text }: Html): Html {
  const [before = "", body = ""] = text.split("<tbody>");
  const names = [...before.matchAll(/<th\b([^>]*)>([\s\S]*?)<\/th>/g)].map(
    ([, attributes = "", inside = ""]) =>
      // What stands over a picture is its axis, and no name.
      attributes.includes("axis") ? "" : inside.replace(/<[^>]*>/g, "").trim(),
  );
  let column = 0;
  const cells = body
    .replace(/<(tr|th|td)\b([^>]*)>/g, (_, tag: string, attributes: string) => {
      if (tag === "tr") {
        column = 0;
        return `<tr role="row"${attributes}>`;
      }
      const name = names[column] ?? "";
      column += Number(/colspan="(\d+)"/.exec(attributes)?.[1] ?? 1);
      if (tag === "th") return `<th role="rowheader"${attributes}>`;
      return `<td role="cell"${attributes} data-column="${name}"><div>`;
    })
    .replaceAll("</td>", "</div></td>");
  const heads = before
    .replace("<table", '<table role="table"')
    .replace("<tr", '<tr role="row"')
    .replaceAll("<th ", '<th role="columnheader" ');
  return new Html(`${heads}<tbody role="rowgroup">${cells}`);
}
