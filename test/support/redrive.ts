import { LambdaClient } from '@aws-sdk/client-lambda';
import { createLocalSystem, type LocalSystem, type LocalSystemOptions } from '@eventloom/local';
import type { Answer } from '../../generator/src/cli/command.ts';
import { redriveIn as redriveOver } from '../../generator/src/cli/redrive.ts';
import { filesInMemory, loadModel, toTopology } from '../../generator/src/index.ts';
import { openFunctions } from '../../generator/src/redrive/lambda-functions.ts';
import { openTopics } from '../../generator/src/redrive/sns-topics.ts';
import { openQueues } from '../../generator/src/redrive/sqs-queues.ts';
import { makeProject } from './project.ts';

/** A system of a spec, without anything generated. */
export async function systemOf(spec: string, options: Omit<LocalSystemOptions, 'topology'>): Promise<LocalSystem> {
  const { model } = await loadModel({ spec: 'asyncapi.yaml', io: filesInMemory({ 'asyncapi.yaml': spec }) });
  if (model === null) throw new Error('the spec has no model');
  return createLocalSystem({ topology: toTopology(model), ...options });
}

/** What the command is told. */
export interface Redrive {
  readonly spec: string;
  readonly consumer: string;
  /** By name; empty for a flag. */
  readonly options?: Readonly<Record<string, string>>;
}

/** Runs `eventloom redrive`, whose clients talk to the system. */
export async function redriveIn(system: LocalSystem, { spec, consumer, options = {} }: Redrive): Promise<Answer> {
  const { folder: workingDirectory, write } = makeProject();
  write({ 'asyncapi.yaml': spec });
  const config = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const run = redriveOver({
    openQueues: () => openQueues(system.clients.sqs),
    openFunctions: () => openFunctions(new LambdaClient({ ...config, requestHandler: system.requestHandler })),
    openTopics: () => openTopics(system.clients.sns),
    now: () => system.now(),
  });
  const streams = { out: () => {}, err: () => {}, color: { out: false, err: false }, input: (async function* () {})() };
  const terminal = { ...streams, workingDirectory };
  const given = new Map(Object.entries(options));
  return run({ spec: 'asyncapi.yaml', json: true, options: given, arguments: [consumer], terminal });
}
