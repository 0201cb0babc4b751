import { spawn, type ChildProcess } from "node:child_process";

export interface RunOptions {
  readonly cwd?: string;
  /** Changes to our own environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the process reads on standard input; nothing when left out. */
  readonly input?: string;
  /** Milliseconds after which the process is killed and the promise rejects; a minute when left out. */
  readonly timeout?: number;
  /** Called with the process as soon as it is started, to send it a signal for instance. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

export interface RunResult {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Rejects only when it cannot be started or does not end in time. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, env = {}, input = "", timeout = 60_000, onSpawn } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      const said = `stdout: ${stdout}\nstderr: ${stderr}`;
      reject(new Error(`not done after ${timeout} ms: ${command} ${args.join(" ")}\n${said}`));
    }, timeout);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (exitCode, signal) => {
      clearTimeout(timer);
      resolve({ exitCode, signal, stdout, stderr });
    });
    // A process that ends without reading its input closes the pipe under us.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    onSpawn?.(child);
  });
}
