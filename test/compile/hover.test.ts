import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-5.9';
import { expect, it } from 'vitest';
import { repository } from '../support/repository.ts';

/** What an editor shows for each constant of a file beside the shop's output, in their order. */
function hovers(source: string): readonly string[] {
  const file = join(repository, 'examples', 'hover.ts');
  const read = (path: string): string | undefined =>
    path === file ? source : existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => repository,
    getCompilationSettings: () => ({
      strict: true,
      exactOptionalPropertyTypes: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      customConditions: ['@eventloom/source'],
      allowImportingTsExtensions: true,
      noEmit: true,
      types: [],
    }),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
  });
  return [...source.matchAll(/const (?=\w+ =)/g)].map(({ index, 0: start }) =>
    ts.displayPartsToString(service.getQuickInfoAtPosition(file, index + start.length)?.displayParts),
  );
}

it('an editor shows the payloads of the shop by their names', () => {
  const source = `
import { verifyMarket } from '../generated/services/compliance/index.js';
import { declareExport } from '../generated/services/customs/index.js';
import { cancelOrder } from '../generated/services/orders/index.js';
verifyMarket((event) => {
  const order = event.payload;
  const market = event.payload.market;
});
declareExport((event) => {
  const order = event.payload;
});
cancelOrder((event) => {
  const payment = event.payload;
  const reason = event.payload.declineReason;
  const method = event.payload.method;
});
`;
  expect(hovers(source)).toEqual([
    'const order: VerifyMarketPayload',
    'const market: "ru"',
    'const order: OrderPlaced',
    'const payment: PaymentProcessedDeclined',
    'const reason: "insufficientFunds" | "expiredCard" | "suspectedFraud" | "limitExceeded"',
    'const method: PaymentProcessedMethod',
  ]);
});

it('an editor shows alternatives of a field by their names, and what a field was narrowed to', () => {
  const source = `
import type { PaymentProcessed, PaymentProcessedMethodCard, PaymentProcessedMethodWallet } from '../generated/index.js';
import type { OrderPlaced } from '../generated/index.js';
type ByCard = PaymentProcessed & { readonly method: PaymentProcessedMethodCard };
type ByOther = PaymentProcessed & { readonly method: PaymentProcessedMethodCard | PaymentProcessedMethodWallet };
type ToGold = OrderPlaced & { readonly coupon: \`GOLD\${string}\`; readonly customer: { readonly tier: 'gold' } };
export function show(card: ByCard, other: ByOther, gold: ToGold): void {
  const method = card.method;
  const methods = other.method;
  const coupon = gold.coupon;
  const customer = gold.customer;
  const tier = gold.customer.tier;
}
`;
  expect(hovers(source)).toEqual([
    'const method: PaymentProcessedMethodCard',
    'const methods: PaymentProcessedMethodCard | PaymentProcessedMethodWallet',
    'const coupon: `GOLD${string}`',
    'const customer: OrderPlacedCustomer & {\n    readonly tier: "gold";\n}',
    'const tier: "gold"',
  ]);
});
