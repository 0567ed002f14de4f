import * as vscode from "vscode";

/** The page every panel starts from. Nothing inline: the policy allows only what the package brings. */
export function panelPage(webview: vscode.Webview, extensionUri: vscode.Uri, language: string): string {
  const file = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", name)).toString();
  const source = webview.cspSource;
  const policy = [
    "default-src 'none'",
    `script-src ${source}`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${/^[a-zA-Z-]{2,20}$/.test(language) ? language : "en"}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link id="vscode-codicon-stylesheet" rel="stylesheet" href="${file("codicon.css")}">
    <link rel="stylesheet" href="${file("panel.css")}">
    <title>Kept</title>
  </head>
  <body>
    <kept-panel></kept-panel>
    <script type="module" src="${file("panel.js")}"></script>
  </body>
</html>`;
}
