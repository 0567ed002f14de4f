import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { AppParts } from "../app.ts";
import { drain } from "../drain.ts";
import { dateOf, epochDayOf } from "../ingest/isoWeek.ts";
import { sendProblem } from "../problems.ts";
import type { Device } from "../store/registry.ts";
import { hashOf } from "./secrets.ts";

type Parts = Pick<AppParts, "store" | "host" | "limits">;

/** The device that sent a request, and the credential it showed. */
export interface Sender {
  readonly device: Device;
  readonly credential: string;
}

/** For how long an answer of the store is believed, in milliseconds: revoking holds everywhere after it. */
const believedMs = 30_000;
const mostBelieved = 100_000;
const wrongCredential = "wrong credential";

export interface Gate {
  /** Answers itself unless a device that joined sends; runs before a body is taken into memory. */
  readonly letDevicesIn: onRequestAsyncHookHandler;
  /** Of what needs no credential, or was asked without a right to it: answers itself where such requests come too fast. */
  readonly holdUp: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  senderOf(request: FastifyRequest): Sender;
  /** What was believed of a credential holds no more. */
  forget(credential: string): void;
}

export function createGate({ store, host, limits }: Parts): Gate {
  const senders = new WeakMap<FastifyRequest, Sender>();
  const believed = new Map<string, { readonly device: Device; readonly until: number }>();

  function believedDevice(credential: string): Device | undefined {
    const known = believed.get(hashOf(credential));
    return known !== undefined && known.until > host.now() ? known.device : undefined;
  }

  async function findDevice(credential: string): Promise<Device | undefined> {
    const hash = hashOf(credential);
    const now = host.now();
    const device = await store.findDevice(hash, dateOf(epochDayOf(now)));
    believed.delete(hash);
    if (device !== undefined) {
      if (believed.size >= mostBelieved) believed.clear();
      believed.set(hash, { device, until: now + believedMs });
    }
    return device;
  }

  async function refuseForNow(
    request: FastifyRequest,
    reply: FastifyReply,
    name: "too-many-requests" | "unavailable",
    seconds: number,
  ): Promise<FastifyReply> {
    await drain(request.raw);
    // Those who were sent away together must not come back together.
    void reply.header("retry-after", seconds + Math.floor(host.fraction() * Math.max(10, seconds)));
    return sendProblem(
      reply,
      name,
      name === "unavailable"
        ? "The service has as many requests as it can take. Send the same bytes again later."
        : "Requests come faster than agreed. Send the same bytes again later.",
    );
  }

  function enter(reply: FastifyReply, name: string): boolean {
    const giveBack = limits.open.enter(name);
    // Whatever ends first: a sender may leave in the middle.
    if (giveBack !== undefined) reply.raw.once("close", giveBack).once("finish", giveBack);
    return giveBack !== undefined;
  }

  async function holdUp(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const wait = limits.strangers.secondsToWait(request.routeOptions.url ?? "", host.now());
    if (wait !== undefined) await refuseForNow(request, reply, "too-many-requests", wait);
  }

  return {
    letDevicesIn: async (request, reply) => {
      const credential = /^Bearer ([\x21-\x7e]{1,256})$/.exec(request.headers.authorization ?? "")?.[1];
      let device = credential === undefined ? undefined : believedDevice(credential);
      if (credential !== undefined && device === undefined) {
        // Guesses are not looked up for ever; devices that are known go on meanwhile.
        const wait = limits.strangers.wouldWait(wrongCredential, host.now());
        if (wait !== undefined) return refuseForNow(request, reply, "unavailable", wait);
        device = await findDevice(credential);
      }
      if (credential === undefined || device === undefined) {
        limits.strangers.secondsToWait(wrongCredential, host.now());
        await drain(request.raw);
        void reply.header("www-authenticate", "Bearer").header("connection", "close");
        return sendProblem(reply, "unauthorized", "Send the device's credential as authorization: Bearer.");
      }
      const now = host.now();
      const wait =
        limits.devices.secondsToWait(device.device, now) ?? limits.teams.secondsToWait(device.team, now);
      if (wait !== undefined) return refuseForNow(request, reply, "too-many-requests", wait);
      const waitForOthers = limits.everybody.secondsToWait("", now);
      if (waitForOthers !== undefined) return refuseForNow(request, reply, "unavailable", waitForOthers);
      if (!enter(reply, device.device)) return refuseForNow(request, reply, "unavailable", 1);
      senders.set(request, { device, credential });
    },

    holdUp,

    senderOf(request) {
      const sender = senders.get(request);
      if (sender === undefined) throw new Error("A route that needs a sender did not ask the gate.");
      return sender;
    },

    forget: (credential) => void believed.delete(hashOf(credential)),
  };
}
