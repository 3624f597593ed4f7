import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { openFeedback, type Feedback } from "../src/index.ts";
import { writeTree } from "./fixture-artifact.ts";
import { startHost } from "./http-host.ts";
import { codeOf } from "./source-contract.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function folder(): string {
  const root = writeTree(
    new Map([
      ["1-ab.json", "torn {"],
      ["notes.txt", "x"],
    ]),
  );
  closers.push(async () => rmSync(root, { recursive: true }));
  return root;
}

const feedback = (comment: string, day: string): Feedback => ({
  rating: "down",
  comment,
  target: { id: "a/b", section: "one" },
  createdAt: `2026-01-0${day}T00:00:00.000Z`,
});

it("keeps feedback on this machine, oldest first", () => {
  const queue = openFeedback(join(folder(), "feedback"));
  expect(queue.list()).toEqual([]);
  queue.add(feedback("second", "2"));
  queue.add(feedback("first", "1"));
  expect(queue.list()).toEqual([feedback("first", "1"), feedback("second", "2")]);
  queue.clear();
  expect(queue.list()).toEqual([]);
});

it("sends what waits to the configured endpoint only, and keeps what was not taken", async () => {
  const queue = openFeedback(folder());
  queue.add(feedback("one", "1"));
  queue.add(feedback("two", "2"));
  const bodies: string[] = [];
  const host = await startHost(new Map());
  closers.push(host.close);
  let status = 200;
  host.behave = (request, response) => {
    request.on("data", (piece: Buffer) => bodies.push(piece.toString()));
    request.on("end", () =>
      response
        .writeHead(status, status === 302 ? { location: "/elsewhere" } : {})
        .end(() => (status = 500)),
    );
    return true;
  };
  expect(await codeOf(queue.send(`${host.url}/feedback`))).toBe("NO_DATA");
  expect(queue.list()).toEqual([feedback("two", "2")]);
  status = 302;
  expect(await codeOf(queue.send(`${host.url}/feedback`))).toBe("NO_DATA");
  status = 200;
  expect(await queue.send(`${host.url}/feedback`)).toBe(1);
  expect(queue.list()).toEqual([]);
  expect(JSON.parse(bodies[0] ?? "")).toEqual(feedback("one", "1"));
  for (const url of ["http://example.com/x", "file:///etc/passwd", "nonsense"])
    expect([url, await codeOf(queue.send(url))]).toEqual([url, "CONFIG"]);
});

it("takes a comment that could be a note", async () => {
  const queue = openFeedback(folder());
  expect(
    await codeOf(Promise.resolve().then(() => queue.add(feedback("esc \u001b[2J", "1")))),
  ).toBe("USAGE");
});

it("keeps a feedback when there is no endpoint or it does not answer, and sends it when it does", async () => {
  const queue = openFeedback(folder());
  const given: Feedback = {
    ...feedback("one", "1"),
    labels: ["outdated", "wrong-examples"],
    file: "references/errors.md",
  };
  expect(await queue.submit(given, undefined)).toEqual({ status: "queued", waiting: 1 });
  const host = await startHost(new Map());
  closers.push(host.close);
  let status = 503;
  host.behave = (request, response) => {
    request.resume().on("end", () => response.writeHead(status).end());
    return true;
  };
  expect(await queue.submit(feedback("two", "2"), `${host.url}/feedback`)).toEqual({
    status: "queued",
    waiting: 2,
    problem: `Cannot send feedback to ${host.url}: the server answered 503`,
  });
  status = 200;
  expect(await queue.submit(feedback("three", "3"), `${host.url}/feedback`)).toEqual({
    status: "sent",
    waiting: 0,
  });
});
