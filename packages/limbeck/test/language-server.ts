import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What an editor asks TypeScript's language server, over its standard input and output. */
export interface LanguageServer {
  /** Opens a file with a text that need not be on the disk. */
  open(path: string, text: string): void;
  /** What the server shows at an offset of an open file, as Markdown. */
  hover(path: string, offset: number): Promise<string>;
  /** The names that the server offers at an offset of an open file. */
  completions(path: string, offset: number): Promise<string[]>;
  close(): Promise<void>;
}

/** Starts TypeScript's language server for the project in a folder. */
export async function startLanguageServer(folder: string): Promise<LanguageServer> {
  const compiler = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  const server = spawn(process.execPath, [compiler, "--lsp", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const waiting = new Map<number, (message: Message) => void>();
  const texts = new Map<string, string>();
  let received = Buffer.alloc(0);
  let last = 0;

  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const ask = async (method: string, params?: unknown): Promise<unknown> => {
    const id = ++last;
    send({ id, method, params });
    const { result, error } = await new Promise<Message>((resolve) => waiting.set(id, resolve));
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const take = (message: Message): void => {
    if (message.method !== undefined) {
      if (message.id !== undefined) send({ id: message.id, result: null });
      return;
    }
    waiting.get(message.id!)?.(message);
    waiting.delete(message.id!);
  };
  server.stdout.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const head = received.indexOf("\r\n\r\n");
      if (head === -1) return;
      const [, length = "0"] = /Content-Length: (\d+)/i.exec(received.toString("utf8", 0, head)) ?? [];
      const end = head + 4 + Number(length);
      if (received.length < end) return;
      const body = received.toString("utf8", head + 4, end);
      received = received.subarray(end);
      take(JSON.parse(body) as Message);
    }
  });

  const at = (path: string, offset: number): object => {
    const lines = texts.get(path)!.slice(0, offset).split("\n");
    const position = { line: lines.length - 1, character: lines.at(-1)!.length };
    return { textDocument: { uri: pathToFileURL(path).href }, position };
  };

  await ask("initialize", { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} });
  send({ method: "initialized", params: {} });
  return {
    open(path, text) {
      texts.set(path, text);
      const textDocument = { uri: pathToFileURL(path).href, languageId: "typescript", version: 1, text };
      send({ method: "textDocument/didOpen", params: { textDocument } });
    },
    async hover(path, offset) {
      const answer = (await ask("textDocument/hover", at(path, offset))) as { contents: unknown } | null;
      const { contents } = answer ?? { contents: "" };
      return typeof contents === "string" ? contents : (contents as { value: string }).value;
    },
    async completions(path, offset) {
      const answer = await ask("textDocument/completion", at(path, offset));
      const items = Array.isArray(answer) ? answer : (answer as { items: unknown[] } | null)?.items;
      return ((items ?? []) as { label: string }[]).map(({ label }) => label);
    },
    async close() {
      await ask("shutdown");
      send({ method: "exit" });
      await new Promise((resolve) => server.once("exit", resolve));
    },
  };
}
