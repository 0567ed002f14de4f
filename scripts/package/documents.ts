/** What the extension itself sends people to, in docs/. */
export const documentsInPackage = [
  "agents",
  "capture",
  "coaching",
  "data",
  "errors",
  "kpis",
  "limits",
  "policy",
  "privacy",
  "settings",
  "sinks",
] as const;
