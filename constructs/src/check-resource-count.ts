import { limits } from '@eventloom/engine';
import { CfnResource, type Stack } from 'aws-cdk-lib';

/** Makes synthesis fail with `advice` when `stack` holds more resources than CloudFormation takes. */
export function checkResourceCount(stack: Stack, advice: string): void {
  stack.node.addValidation({
    validate: (): string[] => {
      const count = stack.node.findAll().filter(CfnResource.isCfnResource).length;
      const maximum = limits.stackResources.value;
      if (count <= maximum) return [];
      return [`Stack ${stack.stackName} has ${count} resources, CloudFormation takes ${maximum}. ${advice}`];
    },
  });
}
