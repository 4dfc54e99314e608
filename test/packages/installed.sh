#!/usr/bin/env bash
# Installs the packed packages into an empty project and uses them as a user would. Argument: the folder of archives.
set -euo pipefail
archives=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")/../.." && pwd)
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
cp -r "$here/asyncapi.yaml" "$here/schemas" "$project"
cd "$project"
echo '{ "name": "installed", "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund "$archives"/*.tgz typescript@5.9.3 @types/node@20.19.0 \
  @aws-sdk/client-{dynamodb,eventbridge,s3,sns,sqs}@3.1169.0 \
  aws-cdk-lib@2.276.0 constructs@10.8.1
npx eventloom --version
npx eventloom generate
diff -r generated "$here/generated"
npx eventloom docs
node "$here/generator/bin/eventloom.js" docs --spec "$project/asyncapi.yaml" --out "$project/elsewhere"
diff -r site elsewhere
npx tsc --noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --isolatedDeclarations --declaration \
  --target es2022 --module nodenext --types node generated/index.ts
cat > use.mjs <<'JS'
import { compilePattern } from '@eventloom/engine';
import { createLocalSystem } from '@eventloom/local';
import { createPublisher } from '@eventloom/runtime';
import { EventloomSystem } from '@eventloom/cdk';
import { dateTime } from '@eventloom/runtime/validation';

for (const it of [compilePattern, createLocalSystem, createPublisher, EventloomSystem, dateTime]) {
  if (it === undefined) throw new Error('An export is missing');
}
JS
node use.mjs
echo 'The packed packages install, generate the same bytes, make the same site and compile.'
