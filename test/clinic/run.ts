import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createAnalyserPublisher } from './generated/services/analyser/index.js';
import { createReceptionPublisher } from './generated/services/reception/index.js';
import { createValidationPublisher } from './generated/services/validation/index.js';
import { createWardPublisher } from './generated/services/ward/index.js';
import { handlers } from './handlers.ts';

// Plays one morning in the laboratory and prints, as JSON, what every consumer has handled.
const system = createLocalSystem({ topology, handlers, seed: 7, onLog: () => {} });
const aws = { clients: system.clients, environment: system.environment };
const ward = createWardPublisher(aws);
const reception = createReceptionPublisher(aws);
const analyser = createAnalyserPublisher(aws);
const validation = createValidationPublisher(aws);

const sampleId = 'S-0123ABCD';
const collected = { sampleId, patientId: 'P000001', collectedAt: '2026-11-20T06:00:00Z' };
await ward.collectSample({
  ...collected,
  priority: 'stat',
  ward: { building: 'annex', name: 'ICU', 'floor-no': 2 },
  storage: { temperatureCelsius: 4 },
});
await ward.collectSample({
  ...collected,
  priority: 'urgent',
  ward: { building: 'main', name: 'Surgery' },
  storage: { temperatureCelsius: 20 },
});
await ward.requestLabel({ sampleId, copies: 2 });
await reception.registerSample('SampleReceived', {
  sampleId,
  consent: true,
  insurer: 'AOK',
  receivedAt: '2026-11-20T06:30:00Z',
});
await reception.registerSample('SampleReceived', { sampleId, consent: false, receivedAt: '2026-11-20T06:31:00Z' });
await reception.registerSample('SampleRejected', { sampleId, reason: 'haemolysed', delayMinutes: 240 });
await analyser.reportAnalysis('ResultMeasured', {
  sampleId,
  analyte: 'HB-A1',
  value: { kind: 'quantity', number: 120, unit: 'g/l' },
});
await analyser.reportAnalysis('ResultMeasured', {
  sampleId,
  analyte: 'HIV',
  value: { kind: 'finding', text: 'reactive' },
});
await analyser.takeReading('ReadingTaken', { department: 'haematology', instrument: 'XN-9', drift: 0.7 });
await analyser.takeReading('instrument.calibrated', { department: 'chemistry', instrument: 'C-8' });
await validation.auditResult({
  sampleId,
  analyte: 'CRP',
  value: { kind: 'finding', text: 'none' },
  validatedBy: 'auditor',
  notifiable: false,
  consent: false,
});
await system.settle();

const rows = system
  .report()
  .consumers.map(({ key, handled, deadLettered, inFlight, lost }) => [key, [handled, deadLettered, inFlight + lost]]);
console.log(JSON.stringify(Object.fromEntries(rows)));
