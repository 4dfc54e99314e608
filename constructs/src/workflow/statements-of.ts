import { type IGrantable, type IPrincipal, type PolicyStatement, PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';

/** Returns the statements that `grant` would add to the policy of a role: a state has none of its own. */
export function statementsOf(grant: (grantee: IGrantable) => unknown): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  const principal: IPrincipal = {
    assumeRoleAction: 'sts:AssumeRole',
    policyFragment: new PrincipalPolicyFragment({}),
    addToPrincipalPolicy: (statement) => {
      statements.push(statement);
      return { statementAdded: true, policyDependable: new DependencyGroup() };
    },
    get grantPrincipal() {
      return principal;
    },
  };
  grant(principal);
  return statements;
}
