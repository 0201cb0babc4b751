import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/**
 * What becomes of a message and of all that follows: `cut` closes both sides before the server has it; `lose` gives it
 * to the server, keeps the answer, and closes the client's side; `hold` gives it to the server too, and then passes
 * nothing on while both sides stay open, as when a machine is gone or a firewall drops its packets.
 */
export type Break = "cut" | "lose" | "hold";

/** A way to a PostgreSQL server that can be broken at a message. */
export interface Proxy {
  /** The server's URL, through the proxy. */
  readonly url: string;
  /** The queries that clients have sent so far. */
  readonly messages: number;
  /** Breaks every connection, now. */
  readonly break: (how: Break) => void;
  /** Lets go of everything that was broken or held: the server hears that its clients are gone. */
  readonly close: () => Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  isHeld: boolean;
}

/**
 * Starts a proxy to the server of a URL without encryption. `onMessage` hears of each query before the server does,
 * by its number from 1 and its text, and may break the connection with it.
 */
export async function startProxy(
  target: string,
  onMessage: (message: number, text: string) => Break | undefined = () => undefined,
): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const links = new Set<Link>();
  let messages = 0;
  const breakLink = (link: Link, how: Break): void => {
    link.isHeld = true;
    if (how === "hold") return;
    link.client.destroy();
    if (how === "cut") link.server.destroy();
    else link.server.end();
  };
  const listener = createServer((client) => {
    const link: Link = { client, server: connect(Number(port), hostname), isHeld: false };
    links.add(link);
    const { server } = link;
    const frames = new Frames();
    client.on("data", (chunk) => {
      if (link.isHeld) return;
      for (const { bytes, isQuery } of frames.read(chunk)) {
        const how = isQuery ? onMessage(++messages, bytes.toString("utf8", 5)) : undefined;
        if (how !== "cut") server.write(bytes);
        if (how !== undefined) return breakLink(link, how);
      }
    });
    server.on("data", (chunk) => void (link.isHeld || client.write(chunk)));
    client.on("close", () => void (link.isHeld || server.destroy()));
    server.on("close", () => void (link.isHeld || client.destroy()));
    for (const socket of [client, server]) socket.on("error", () => socket.destroy());
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const url = new URL(target);
  url.host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  return {
    url: url.href,
    get messages() {
      return messages;
    },
    break: (how) => links.forEach((link) => breakLink(link, how)),
    close: async () => {
      links.forEach((link) => [link.client, link.server].forEach((socket) => socket.destroy()));
      listener.close();
      await once(listener, "close");
    },
  };
}

/** Cuts what a client sends into messages (PostgreSQL manual, "Message Formats"): the first of them has no type. */
class Frames {
  #rest = Buffer.alloc(0);
  #isStarted = false;

  *read(chunk: Buffer): Generator<{ readonly bytes: Buffer; readonly isQuery: boolean }> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const typeLength = this.#isStarted ? 1 : 0;
      if (this.#rest.length < typeLength + 4) return;
      const length = typeLength + this.#rest.readUInt32BE(typeLength);
      if (this.#rest.length < length) return;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      const type = this.#isStarted ? String.fromCharCode(bytes[0]!) : "startup";
      this.#isStarted = true;
      yield { bytes, isQuery: type === "Q" || type === "P" };
    }
  }
}
