import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one finished process cost. */
export interface ProcessCost {
  /** User and system time of the process, seconds. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Peak resident memory, mebibytes. */
  readonly peakMiB: number;
}

/**
 * Runs `node <args>` to its end and says what it cost, by the operating system's own accounting of that process.
 * Throws with the process's output when it exits with anything but 0.
 */
export async function costOfNode(args: readonly string[], cwd: string): Promise<ProcessCost> {
  const folder = mkdtempSync(join(tmpdir(), 'eventloom-bench-'));
  const report = join(folder, 'cost.json');
  const preload = `data:text/javascript,${encodeURIComponent(reporter(report))}`;
  const started = process.hrtime.bigint();
  try {
    await runToEnd(['--import', preload, ...args], cwd);
    const wallSeconds = Number(process.hrtime.bigint() - started) / 1e9;
    const usage = JSON.parse(readFileSync(report, 'utf8')) as NodeJS.ResourceUsage;
    return {
      cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
      wallSeconds,
      peakMiB: usage.maxRSS / 1024,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reporter(path: string): string {
  return `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(path)}, JSON.stringify(process.resourceUsage())));`;
}

function runToEnd(args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(
        new Error(
          `node ${args.slice(2).join(' ')} exited with ${code}:\n${Buffer.concat(output).toString('utf8').slice(-4000)}`,
        ),
      );
    });
  });
}

/** The middle of an odd number of figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('The median of nothing is not defined');
  return middle;
}
