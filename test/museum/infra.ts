import { EventloomSystem } from '@eventloom/cdk';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, type IStateMachine, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { InfraProps } from './generated/index.js';
import { topology } from './generated/index.js';
import { handlers } from './handlers.ts';

// Deploys the museum; the state machine that no file defines is made here.
const props: InfraProps<Code, (scope: Construct) => IStateMachine> = {
  topology,
  handlers,
  code: { gates: Code.fromInline('exports.handler = async () => {};') },
  workflows: {
    'transport/insureLoan': (scope) =>
      new StateMachine(scope, 'Insure', { definitionBody: DefinitionBody.fromChainable(new Pass(scope, 'Nothing')) }),
  },
};
// @ts-expect-error a workflow that the spec leaves open must be given
const incomplete: typeof props.workflows = {};
const { 'transport/insureLoan': insuring } = props.workflows;
// @ts-expect-error one that a file defines is not asked for
const tooMuch: typeof props.workflows = { 'transport/insureLoan': insuring, 'transport/packLoan': insuring };

const app = new App({ builtinCloudFormationValidation: false });
new EventloomSystem(app, 'Museum', props);
const types = app
  .synth()
  .stacks.flatMap(({ template }) =>
    Object.values<{ readonly Type: string }>(template.Resources).map(({ Type }) => Type),
  );
console.log(JSON.stringify([...new Set(types)].sort()), incomplete === tooMuch);
