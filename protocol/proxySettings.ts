import * as z from "zod";

/** What the editor's settings say of proxies. It is held in memory alone: an authorization is a secret. */
export const proxySettingsSchema = z.strictObject({
  /** `http.proxySupport` is not `off`. */
  isUsed: z.boolean(),
  /** `http.proxy`; empty where the environment decides. */
  address: z.string().max(2048),
  /** `http.noProxy` */
  leftOut: z.array(z.string().max(256)).max(1000),
  /** `http.proxyAuthorization`, as the header field is written; empty for none. */
  authorization: z.string().max(8192),
});

export type ProxySettings = z.infer<typeof proxySettingsSchema>;

/** As the editor has them where nobody set anything. */
export const usualProxySettings: ProxySettings = {
  isUsed: true,
  address: "",
  leftOut: [],
  authorization: "",
};
