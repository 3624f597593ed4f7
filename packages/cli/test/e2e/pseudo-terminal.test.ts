import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildChub } from "./built-chub.ts";
import type { BuiltChub } from "./built-chub.ts";
import { buildScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

let chub: BuiltChub;
let scene: Scene;
let home: string;

beforeAll(async () => {
  [chub, scene] = await Promise.all([buildChub(), buildScene()]);
  home = scene.home("home", scene.ours);
});
afterAll(() => {
  chub.remove();
  scene.remove();
});

interface Session {
  /** Typed once the screen shows `when`. */
  readonly typed?: { readonly when: string; readonly keys: string };
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
}

/** Runs chub in a pseudo-terminal; gives what the screen got and how it ended. */
function onTerminal(argv: readonly string[], { typed, env = {}, columns = 80 }: Session = {}) {
  const words = [process.execPath, chub.bin, ...argv].map((word) => `'${word}'`).join(" ");
  const command = `stty cols ${columns} rows 24; exec ${words}`;
  // `script` is the one program of Linux and macOS that makes a terminal for another; their options differ.
  const args =
    process.platform === "darwin"
      ? ["-q", "/dev/null", "sh", "-c", command]
      : ["-qec", command, "/dev/null"];
  const child = spawn("script", args, {
    cwd: scene.root,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: scene.root,
      TERM: "xterm",
      CHUB_DIR: home,
      ...env,
    },
  });
  let screen = "";
  let isTyped = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    if (typed === undefined || isTyped || !screen.includes(typed.when)) return;
    isTyped = true;
    child.stdin.write(typed.keys);
  });
  return new Promise<{ status: number | null; screen: string }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, screen: screen.replaceAll("\r\n", "\n") }));
  });
}

const ESCAPE = String.fromCharCode(27);
const hasColour = (screen: string): boolean => screen.includes(`${ESCAPE}[`);

// Windows has no `script`; its console is covered by the width and colour tests on plain streams.
describe.skipIf(process.platform === "win32")("on a terminal", () => {
  it("asks for a language and reads what was chosen", async () => {
    const { status, screen } = await onTerminal(["get", "acme/cloud"], {
      typed: { when: "Which? ", keys: "2\n" },
    });
    expect(screen).toContain(
      "acme/cloud is written for several languages\n  1  javascript\n  2  python\n",
    );
    expect(screen).toContain("# Acme cloud for Python");
    expect(status).toBe(0);
  });

  it.each([
    ["nothing", "\n"],
    ["the end of the input", "\u0004"],
  ])("takes %s for no choice, and says what to type", async (_, keys) => {
    const { status, screen } = await onTerminal(["get", "acme/cloud"], {
      typed: { when: "Which? ", keys },
    });
    expect(screen).toContain("Specify --lang");
    expect(status).toBe(2);
  });

  it("ends by the signal on Ctrl-C", async () => {
    const { status } = await onTerminal(["get", "acme/cloud"], {
      typed: { when: "Which? ", keys: "\u0003" },
    });
    expect(status).toBe(130);
  });

  it("asks nothing in continuous integration and for JSON", async () => {
    const automated = await onTerminal(["get", "acme/cloud"], { env: { CI: "true" } });
    expect([automated.status, automated.screen.includes("Which?")]).toEqual([2, false]);
    const json = await onTerminal(["get", "acme/cloud", "--json"]);
    expect([json.status, json.screen.includes("Which?")]).toEqual([2, false]);
  });

  it("has colour unless it is not wanted, and keeps to the width", async () => {
    const { screen } = await onTerminal(["search", "webhook"]);
    expect(hasColour(screen)).toBe(true);
    expect(
      hasColour((await onTerminal(["search", "webhook"], { env: { NO_COLOR: "1" } })).screen),
    ).toBe(false);
    const narrow = await onTerminal(["search"], { env: { NO_COLOR: "1" }, columns: 40 });
    const fitting = narrow.screen.split("\n").filter((text) => text.startsWith("      "));
    expect(fitting.filter((text) => text.length > 40)).toEqual([]);
  });

  it("never lets a document speak to the terminal", async () => {
    const { screen } = await onTerminal(["search", `${ESCAPE}]0;title\u0007`], {
      env: { NO_COLOR: "1" },
    });
    expect(screen.includes(`${ESCAPE}]0;`)).toBe(false);
  });
});
