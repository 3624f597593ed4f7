// Loaded before a program that is measured: writes what the whole process has used when it ends.
const { writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

if (isMainThread && process.env.CHUB_BENCH_USAGE !== undefined)
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 };
    writeFileSync(process.env.CHUB_BENCH_USAGE, JSON.stringify(usage));
  });
