// Measuring whole processes side by side: interleaved runs, medians, ratios within one run of the benchmark.
import { spawnSync } from "node:child_process";

/**
 * Wall time of each command, in milliseconds.
 * @param {{ name: string, command: string, args: string[], env?: Record<string, string>, cwd?: string, statuses?: number[], before?: () => void }[]} candidates
 *   `statuses` are the exit codes of a run that counts, 0 when left out: linters end with 1 when they find something
 * @param {number} rounds each candidate runs once per round, in turn, so that load on the machine hits all alike
 * @returns {{ name: string, medianMs: number, minMs: number }[]}
 */
export function measureCommands(candidates, rounds) {
  const times = candidates.map(() => []);
  for (let round = 0; round < rounds; round++) {
    candidates.forEach((candidate, i) => times[i].push(timeOnce(candidate)));
  }
  return candidates.map(({ name }, i) => ({
    name,
    medianMs: median(times[i]),
    minMs: Math.min(...times[i]),
  }));
}

function timeOnce({ name, command, args, env = {}, cwd, statuses = [0], before }) {
  before?.();
  // An extra CA bundle triples Node's own start and would hide every ratio.
  const { NODE_EXTRA_CA_CERTS: _, ...base } = process.env;
  const started = process.hrtime.bigint();
  const result = spawnSync(command, args, {
    env: { ...base, ...env },
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const elapsedMs = Number(process.hrtime.bigint() - started) / 1e6;
  if (result.error !== undefined || !statuses.includes(result.status)) {
    throw new Error(
      `${name} failed (${result.status}): ${result.stderr ?? ""}${result.stdout ?? ""}`.slice(
        0,
        2000,
      ),
    );
  }
  return elapsedMs;
}

/** Middle value; of an even number the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints rows as a table with a ratio to the row that is named as the base. */
export function printTable(title, rows, baseName) {
  const base = rows.find(({ name }) => name === baseName);
  console.log(`\n${title}`);
  for (const { name, medianMs, minMs } of rows) {
    const ratio = base === undefined ? "" : `${(medianMs / base.medianMs).toFixed(2)}x`;
    console.log(
      `  ${name.padEnd(44)} ${medianMs.toFixed(1).padStart(9)} ms ${`(min ${minMs.toFixed(1)})`.padEnd(16)} ${ratio.padStart(8)}`,
    );
  }
  if (base !== undefined) console.log(`  ratios to: ${baseName}`);
}
