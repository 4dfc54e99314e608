import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { repository } from '../support/repository.ts';
import { waitUntil } from './wait.ts';

/** An emulator that the test starts. */
export type EmulatorName = 'MiniStack' | 'moto';

/** A running emulator. */
export interface Emulator {
  readonly name: EmulatorName;
  readonly endpoint: string;
  /** What it printed, to be shown when something goes wrong. */
  output(): string;
  stop(): Promise<void>;
}

interface Starter {
  readonly module: readonly string[];
  /** Path that answers once it is ready. */
  readonly ready: string;
  readonly environment: (port: number) => Readonly<Record<string, string>>;
}

const starters: Readonly<Record<EmulatorName, Starter>> = {
  MiniStack: {
    module: ['ministack'],
    ready: '/_ministack/health',
    environment: (port) => ({
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      // Servers of its own on fixed ports, which two runs would fight for.
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
    }),
  },
  moto: { module: ['moto.server', '-H', '127.0.0.1', '-p'], ready: '/moto-api/', environment: () => ({}) },
};

/** Starts an emulator on a free port and waits until it answers. */
export async function startEmulator(name: EmulatorName, python: string): Promise<Emulator> {
  const { module, ready, environment } = starters[name];
  const port = await freePort();
  const parameters = ['-m', ...module, ...(name === 'moto' ? [String(port)] : [])];
  const child = spawn(python, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Functions find the SDK here, and run on this Node.
      NODE_PATH: join(repository, 'node_modules'),
      PATH: [dirname(process.execPath), process.env.PATH].join(process.platform === 'win32' ? ';' : ':'),
      ...environment(port),
    },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const printed = collectOutput(child);
  const stop = () => end(child);
  process.once('exit', () => child.kill('SIGKILL'));
  try {
    await waitUntil(() => answers(`${endpoint}${ready}`, child), { seconds: 60, what: `${name} to start` });
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${printed()}`);
  }
  return { name, endpoint, output: printed, stop };
}

/** Runs something while an emulator runs, to which the environment of this process points meanwhile. */
export async function withEmulator<Result>(
  name: EmulatorName,
  python: string,
  use: () => Promise<Result>,
): Promise<Result> {
  const emulator = await startEmulator(name, python);
  const before = { ...process.env };
  Object.assign(process.env, { ...standIns, AWS_ENDPOINT_URL: emulator.endpoint });
  try {
    return await use();
  } catch (error) {
    console.error(`${name} printed last:\n${emulator.output()}`);
    throw error;
  } finally {
    for (const key of ['AWS_ENDPOINT_URL', ...Object.keys(standIns)]) restore(key, before[key]);
    await emulator.stop();
  }
}

/** Emulators take any. */
const standIns = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } as const;

function restore(key: string, value: string | undefined): void {
  if (value === undefined) delete process.env[key];
  else process.env[key] = value;
}

/** Tells which emulator answers at an endpoint; undefined for any other, and for AWS. */
export async function recognize(endpoint: string): Promise<EmulatorName | undefined> {
  for (const [name, { ready }] of Object.entries(starters)) {
    if (await answers(`${endpoint.replace(/\/$/, '')}${ready}`)) return name as EmulatorName;
  }
  return undefined;
}

async function answers(url: string, child?: ChildProcess): Promise<boolean> {
  if (child !== undefined && child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function collectOutput(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      chunks.push(chunk.toString());
      if (chunks.length > 2000) chunks.splice(0, 1000);
    });
  }
  return () => chunks.join('').slice(-8000);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
