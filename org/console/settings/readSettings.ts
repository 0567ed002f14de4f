import type { Store } from "../../store/store.ts";
import type { Targets } from "../card.ts";
import { settingSchemas, type SettingName, type SettingValue } from "./settings.ts";

type Settings = Pick<Store, "consoleSetting">;

/** What was set, or what holds while nothing was; what does not have the form any more counts as not set. */
export async function readSetting<Name extends SettingName>(
  store: Settings,
  name: Name,
): Promise<SettingValue<Name>> {
  const json = await store.consoleSetting(name);
  const schema = settingSchemas[name];
  const read = schema.safeParse(json === undefined ? undefined : JSON.parse(json));
  return (read.success ? read.data : schema.parse(undefined)) as SettingValue<Name>;
}

export async function readOrganisationName(store: Settings): Promise<string> {
  return (await readSetting(store, "organisation")).name;
}

export async function readTargets(store: Settings): Promise<Targets> {
  const targets = await readSetting(store, "targets");
  return Object.fromEntries(
    Object.entries(targets).flatMap(([id, { requirement }]) =>
      requirement === null ? [] : [[id, requirement]],
    ),
  );
}
