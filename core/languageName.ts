/** How languages are written, where that is not the editor's id with a capital letter. */
const names: Readonly<Partial<Record<string, string>>> = {
  bat: "Batch",
  cpp: "C++",
  csharp: "C#",
  css: "CSS",
  dockerfile: "Dockerfile",
  fsharp: "F#",
  html: "HTML",
  javascript: "JavaScript",
  javascriptreact: "JavaScript (React)",
  json: "JSON",
  jsonc: "JSON",
  latex: "LaTeX",
  "objective-c": "Objective-C",
  "objective-cpp": "Objective-C++",
  php: "PHP",
  plaintext: "plain text",
  powershell: "PowerShell",
  scss: "SCSS",
  shellscript: "shell script",
  sql: "SQL",
  toml: "TOML",
  typescript: "TypeScript",
  typescriptreact: "TypeScript (React)",
  vb: "Visual Basic",
  xml: "XML",
  yaml: "YAML",
};

/** A language as a sentence names it; one that nobody knows by its id. */
export function languageName(id: string): string {
  if (Object.hasOwn(names, id)) return names[id]!;
  return /^[a-z]+$/.test(id) ? `${id[0]!.toUpperCase()}${id.slice(1)}` : id;
}

/** The id of a language that somebody typed, by its id or as people write it; what nobody knows stays as it is. */
export function languageIdOf(typed: string): string {
  const low = typed.toLowerCase();
  const known = Object.keys(names).find((id) => id === low || names[id]?.toLowerCase() === low);
  return known ?? (/^[a-z]+$/.test(low) ? low : typed);
}
