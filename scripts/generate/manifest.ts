import * as z from "zod";
import { commands } from "../../protocol/commands.ts";
import { keybindings } from "../../protocol/keybindings.ts";
import { settings } from "../../protocol/settings.ts";

/** What the editor checks files of rules by. */
export const rulesSchemaFile = "media/rules.schema.json";

const sections = [...new Set(Object.values(settings).map(({ section }) => section))];

/** The manifest with the settings and commands that are declared in protocol/. */
export function withContributions(manifest: Record<string, unknown>): Record<string, unknown> {
  const contributes = { ...(manifest.contributes as Record<string, unknown> | undefined) };
  contributes.configuration = sections.map((section, order) => ({
    id: `kept.${textKey(section)}`,
    order,
    title: `%section.${textKey(section)}%`,
    properties: Object.fromEntries(
      Object.entries(settings)
        .filter(([, declared]) => declared.section === section)
        .map(([id, declared], index) => [id, property(id, declared, index)]),
    ),
  }));
  contributes.commands = Object.entries(commands).map(([command, declared]) => ({
    command,
    title: `%command.${command}%`,
    category: "Kept",
    ...("icon" in declared ? { icon: declared.icon } : {}),
    enablement: declared.enablement,
  }));
  contributes.keybindings = keybindings();
  contributes.jsonValidation = [{ fileMatch: "/.kept/rules/*.json", url: `./${rulesSchemaFile}` }];
  contributes.menus = withHiddenCommands(contributes.menus as Menus | undefined);
  const capabilities = manifest.capabilities as { untrustedWorkspaces?: Record<string, unknown> } | undefined;
  return {
    ...manifest,
    ...(capabilities
      ? {
          capabilities: {
            ...capabilities,
            untrustedWorkspaces: {
              ...capabilities.untrustedWorkspaces,
              restrictedConfigurations: restricted(),
            },
          },
        }
      : {}),
    contributes,
  };
}

type Menus = Record<string, { readonly command?: string; readonly when?: string }[]>;

/** Every command is in the command palette unless a menu entry says that it never is. */
function withHiddenCommands(menus: Menus = {}): Menus {
  const byHand = (menus.commandPalette ?? []).filter(({ when }) => when !== "false");
  const hidden = Object.entries(commands)
    .filter(([, declared]) => "hidden" in declared)
    .map(([command]) => ({ command, when: "false" }));
  return { ...menus, commandPalette: [...byHand, ...hidden] };
}

/** The texts of the manifest: those of settings and commands made anew, the others as they are. */
export function manifestTexts(texts: Record<string, string>): Record<string, string> {
  const byHand = Object.entries(texts).filter(([key]) => !/^(section|setting|command)\./.test(key));
  return Object.fromEntries([
    ...byHand,
    ...sections.map((section) => [`section.${textKey(section)}`, section]),
    ...Object.entries(settings).flatMap(([id, declared]) => [
      [`setting.${id}`, declared.description],
      ...("valueDescriptions" in declared
        ? declared.valueDescriptions.map((text, index) => [`setting.${id}.${index}`, text])
        : []),
    ]),
    ...Object.entries(commands).map(([id, { title }]) => [`command.${id}`, title]),
  ]) as Record<string, string>;
}

type Declared = (typeof settings)[keyof typeof settings];

function property(id: string, declared: Declared, order: number): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(declared.schema) as Record<string, unknown>;
  void $schema;
  return {
    ...schema,
    default: declared.fallback,
    scope: declared.scope,
    order,
    markdownDescription: `%setting.${id}%`,
    ...("valueDescriptions" in declared
      ? { markdownEnumDescriptions: declared.valueDescriptions.map((_, index) => `%setting.${id}.${index}%`) }
      : {}),
    ...("tags" in declared ? { tags: declared.tags } : {}),
  };
}

function restricted(): string[] {
  return Object.entries(settings)
    .filter(([, declared]) => "restricted" in declared)
    .map(([id]) => id);
}

function textKey(section: string): string {
  return section.toLowerCase().replaceAll(" ", "-");
}
