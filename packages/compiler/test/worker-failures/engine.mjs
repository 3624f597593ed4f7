// A Markdown engine that fails on some texts, in a worker thread: without end, with the thread, and with an error.
export async function loadEngine() {
  return { id: "remark", version: "failing", parse };
}

function parse(text) {
  if (text.includes("hang")) for (;;);
  if (text.includes("crash")) process.exit(3);
  if (text.includes("throw")) throw new TypeError("broken parser");
  return {
    type: "root",
    children: [],
    position: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } },
  };
}
