import { rmSync } from 'node:fs';
import { EventloomSystem, type EventloomSystemProps } from '@eventloom/cdk';
import type { Topology } from '@eventloom/engine';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Templates } from './template.ts';

/** Stands for a bundle; its text never runs. */
export const someCode: Code = Code.fromInline('exports.handler = async () => {};');

/** Returns an app without the CDK's own validation of templates, which costs seconds. */
export function makeApp(): App {
  return new App({ builtinCloudFormationValidation: false });
}

/** Returns the props of a system with a handler and code wherever one is needed. */
export function propsFor(topology: Topology, settings: Partial<EventloomSystemProps> = {}): EventloomSystemProps {
  const outboxes = topology.services.flatMap(({ name, outbox }) =>
    outbox ? [{ key: outbox.key, service: name }] : [],
  );
  const authorizers = (topology.ingresses ?? []).flatMap((ingress) =>
    ingress.kind === 'http' && 'handler' in ingress.authorization
      ? [{ key: ingress.authorization.handler, service: ingress.service }]
      : [],
  );
  const functions = [...topology.consumers, ...outboxes, ...authorizers];
  return {
    topology,
    handlers: Object.fromEntries(functions.map(({ key }) => [key, null])),
    code: Object.fromEntries(functions.map(({ service }) => [service, someCode])),
    ...settings,
  };
}

/** Synthesizes a system; returns its templates by stack name. */
export function synthesize(topology: Topology, settings: Partial<EventloomSystemProps> = {}): Templates {
  const app = makeApp();
  new EventloomSystem(app, 'System', propsFor(topology, settings));
  return templatesOf(app);
}

/** Returns the templates of an app by stack name, and removes the files of the synthesis. */
export function templatesOf(app: App): Templates {
  try {
    const { stacksRecursively } = app.synth();
    return new Map(stacksRecursively.map(({ stackName, template }) => [stackName, template]));
  } finally {
    rmSync(app.outdir, { recursive: true, force: true });
  }
}
