import { describe, expect, it } from 'vitest';
import {
  camelCase,
  consumerFileName,
  destinationVariable,
  eventFileName,
  factoryName,
  handlerModule,
  kebabCase,
  methodName,
  pascalCase,
  payloadTypeName,
  publisherNames,
  screamingSnakeCase,
  systemName,
  wiringName,
} from './names.ts';

describe('cases', () => {
  it.each([
    ['OrderPlaced', 'OrderPlaced', 'orderPlaced', 'order-placed', 'ORDER_PLACED'],
    ['order.placed/v2', 'OrderPlacedV2', 'orderPlacedV2', 'order-placed-v2', 'ORDER_PLACED_V2'],
    ['HTTPServer error', 'HTTPServerError', 'httpServerError', 'http-server-error', 'HTTP_SERVER_ERROR'],
    ['ID', 'ID', 'id', 'id', 'ID'],
    ['3d-model', '_3dModel', '_3dModel', '3d-model', '3D_MODEL'],
    ['__proto__', 'Proto', 'proto', 'proto', 'PROTO'],
    ['Prüfung erledigt', 'PrufungErledigt', 'prufungErledigt', 'prufung-erledigt', 'PRUFUNG_ERLEDIGT'],
    ['日', 'U65E5', 'u65E5', 'u65-e5', 'U65_E5'],
    ['', 'Unnamed', 'unnamed', 'unnamed', 'UNNAMED'],
  ])('%j is spelled in every case', (text, pascal, camel, kebab, snake) => {
    expect([pascalCase(text), camelCase(text), kebabCase(text), screamingSnakeCase(text)]).toEqual([
      pascal,
      camel,
      kebab,
      snake,
    ]);
  });

  it.each(['*/', '$\u007bx}', "it's", '🎉', '--', 'a\nb', '\u0000'])('%j becomes ASCII letters and digits', (text) => {
    expect(pascalCase(text)).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
    expect(camelCase(text)).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
    expect(kebabCase(text)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('spells composed and decomposed accents alike', () => {
    expect(pascalCase('e\u0301tat')).toBe(pascalCase('\u00e9tat'));
  });
});

describe('derived names', () => {
  it('keeps payload types away from names that generated code needs', () => {
    expect(payloadTypeName('promise')).toBe('PromiseEvent');
    expect(payloadTypeName('order-placed')).toBe('OrderPlaced');
  });

  it('keeps files away from indexes and from devices of Windows', () => {
    expect(eventFileName('Index')).toBe('index-event');
    expect(eventFileName('Con')).toBe('con-event');
    expect(consumerFileName('publisher')).toBe('publisher-consumer');
    expect(consumerFileName('outboxRelay')).toBe('outbox-relay-consumer');
    expect(consumerFileName('screenHighValueOrder')).toBe('screen-high-value-order');
  });

  it('names methods after operations, and makes identifiers of those that are none', () => {
    expect(methodName('delete')).toBe('delete');
    expect(methodName('place-order')).toBe('placeOrder');
    expect(methodName('__proto__')).toBe('proto');
    expect(methodName('$publish')).toBe('publish');
    expect(methodName('constructor')).toBe('constructor_');
    expect(methodName('then')).toBe('then_');
  });

  it('names factories so that they can be declared', () => {
    expect(factoryName('recordEvent')).toBe('recordEvent');
    expect(factoryName('delete')).toBe('delete_');
    expect(factoryName('record event')).toBe('recordEvent');
    expect(factoryName('definition')).toBe('definition_');
  });

  it('names what a service and its destinations have', () => {
    expect(wiringName('order-desk', 'placeOrder')).toBe('orderDeskPlaceOrder');
    expect(publisherNames('order-desk')).toEqual({
      factoryName: 'createOrderDeskPublisher',
      typeName: 'OrderDeskPublisher',
      eventTypeName: 'OrderDeskPublisherEvent',
    });
    expect(destinationVariable('topic', 'orderSubmissions')).toBe('EVENTLOOM_TOPIC_ORDER_SUBMISSIONS');
  });

  it('makes a module path of every consumer', () => {
    expect(handlerModule('fraud', 'screen-order')).toBe('fraud/screen-order');
    expect(handlerModule('fraud', '../../etc')).toBe('fraud/etc');
  });

  it('starts the name of a system with a letter', () => {
    expect(systemName('Shop')).toBe('shop');
    expect(systemName('24/7 Shop')).toBe('system-24-7-shop');
  });
});
