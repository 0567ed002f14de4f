import { notAgreed } from "../../core/sync/catalogue.ts";
import type { SharingNews } from "../../protocol/sync.ts";
import type { Store } from "../store/store.ts";

const toldNote = "sync.told";

/** What a person has to know of sharing without looking: each thing once, by one of their windows. */
export function tellSharingNews(store: Store, onNews: (news: SharingNews) => void): void {
  if (!store.sync.isSender()) return;
  const found = newsOf(store);
  const known = store.readNote(toldNote) ?? "";
  const key = found?.key ?? "";
  if (key === known) return;
  store.writeNote(toldNote, key);
  if (found) onNews(found.news);
}

function newsOf({ sync }: Store): { readonly news: SharingNews; readonly key: string } | undefined {
  const consent = sync.readConsent();
  if (!consent) return undefined;
  const { trouble, givenAt } = consent;
  if (trouble !== null) return { news: trouble, key: `${givenAt} ${trouble}` };
  const names = notAgreed(consent).map(({ name }) => name);
  return names.length === 0
    ? undefined
    : { news: "newFields", key: `${givenAt} ${names.toSorted().join(" ")}` };
}
