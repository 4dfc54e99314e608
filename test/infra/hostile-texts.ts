/** Texts that mean something to what reads templates: each must come out as data wherever a spec may hold it. */
export const hostileTexts = [
  '#set($x = $context.authorizer.principalId)$x #foreach($i in [1..9])a#end',
  '","Effect":"Allow","Resource":"*","x":"',
  '${AWS::AccountId}',
  '{"Fn::GetAtt": ["Secret", "Arn"]}',
  '{{resolve:secretsmanager:production:SecretString:password}}',
  '{{resolve:ssm-secure:key}}${Token[AWS.AccountId.4]}#{Token[TOKEN.7]}',
  '!Sub "${AWS::Region}" Fn::Join Ref',
  '$(touch pwned)`touch pwned`; rm -rf / && true | cat',
  "'); DROP TABLE events; --",
  '</script><script>alert(1)</script>',
  '$util.escapeJavaScript($input.body)\\\'"',
  'two\nlines and a\ttab, \u2028 and é',
] as const;

/** Those that the rights of a role may hold: what CloudFormation resolves cannot be escaped there, and is refused. */
export const hostileNames: readonly string[] = hostileTexts.filter((text) => !/\{\{resolve:|\{Token\[/.test(text));
