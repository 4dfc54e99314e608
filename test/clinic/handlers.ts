import type { HandlerModules } from './generated/index.js';
import { scheduleAnalysis, storeReading } from './generated/services/analyser/index.js';
import { mirror } from './generated/services/analytics/index.js';
import { archiveAudit } from './generated/services/archive/index.js';
import { billPrivately, billSample } from './generated/services/billing/index.js';
import { storeSample } from './generated/services/biobank/index.js';
import { coolSample, planCourier, rushUrgentSample } from './generated/services/courier/index.js';
import { notifyAuthority } from './generated/services/epidemiology/index.js';
import { callAtNight, callWard } from './generated/services/hotline/index.js';
import { countReagents } from './generated/services/inventory/index.js';
import { driftAlarm, readHaematology, watchAnalyser } from './generated/services/monitoring/index.js';
import { informPatient } from './generated/services/portal/index.js';
import { printLabel } from './generated/services/printing/index.js';
import { blameCourier, checkPlausibility, noteCalibration } from './generated/services/quality/index.js';
import { announceSample } from './generated/services/reception/index.js';
import { fileResult } from './generated/services/records/index.js';
import { researchExport } from './generated/services/research/index.js';
import { trackSample } from './generated/services/tracking/index.js';
import { readFinding, validateResult } from './generated/services/validation/index.js';
import { recollectSample, showResultOnWard } from './generated/services/ward/index.js';

function done(): void {}

export const handlers: HandlerModules = {
  'analyser/scheduleAnalysis': async () => ({
    handler: scheduleAnalysis(async ({ payload }, { publish }) => {
      const [first = 'HB', ...others] = payload.tests ?? [];
      await publish('AnalysisStarted', { sampleId: payload.sampleId, analytes: [first, ...others] });
    }),
  }),
  'analyser/storeReading': async () => ({ handler: storeReading(done) }),
  'analytics/mirror': async () => ({ handler: mirror(done) }),
  'archive/archiveAudit': async () => ({ handler: archiveAudit(done) }),
  'billing/billPrivately': async () => ({ handler: billPrivately(done) }),
  'billing/billSample': async () => ({
    handler: billSample(({ payload }) => {
      const insurer: string = payload.insurer;
      if (insurer === '') throw new Error('The filter lets only samples with an insurer through');
    }),
  }),
  'biobank/storeSample': async () => ({
    handler: storeSample(({ payload }) => {
      const consent: true = payload.consent;
      if (!consent) throw new Error('The filter lets only samples with consent through');
    }),
  }),
  'courier/coolSample': async () => ({ handler: coolSample(done) }),
  'courier/planCourier': async () => ({ handler: planCourier(done) }),
  'courier/rushUrgentSample': async () => ({
    handler: rushUrgentSample(({ payload }) => {
      const priority: 'stat' | 'urgent' = payload.priority;
      if (priority === 'stat') return;
      throw new Error('Only a doctor rushes what is not stat');
    }),
  }),
  'epidemiology/notifyAuthority': async () => ({ handler: notifyAuthority(done) }),
  'hotline/callAtNight': async () => ({ handler: callAtNight(done) }),
  'hotline/callWard': async () => ({ handler: callWard(done) }),
  'inventory/countReagents': async () => ({ handler: countReagents(done) }),
  'monitoring/driftAlarm': async () => ({ handler: driftAlarm(done) }),
  'monitoring/readHaematology': async () => ({ handler: readHaematology(done) }),
  'monitoring/watchAnalyser': async () => ({ handler: watchAnalyser(done) }),
  'portal/informPatient': async () => ({
    handler: informPatient(({ payload }) => {
      const unit: string = payload.value.unit;
      if (unit === '') throw new Error('The filter lets only quantities through');
    }),
  }),
  'printing/printLabel': async () => ({ handler: printLabel(done) }),
  'quality/blameCourier': async () => ({ handler: blameCourier(done) }),
  'quality/checkPlausibility': async () => ({ handler: checkPlausibility(done) }),
  'quality/noteCalibration': async () => ({ handler: noteCalibration(done) }),
  'reception/announceSample': async () => ({ handler: announceSample(done) }),
  'records/fileResult': async () => ({ handler: fileResult(done) }),
  'research/researchExport': async () => ({ handler: researchExport(done) }),
  'tracking/trackSample': async () => ({ handler: trackSample(done) }),
  'validation/readFinding': async () => ({
    handler: readFinding(async ({ payload }, { publish }) => {
      await publish('ResultValidated', { ...payload, validatedBy: 'reader', notifiable: true, consent: true });
    }),
  }),
  'validation/validateResult': async () => ({
    handler: validateResult(async ({ payload }, { publish }) => {
      const { sampleId, value } = payload;
      await publish('ResultValidated', { ...payload, validatedBy: 'machine', notifiable: false, consent: true });
      if (value.number > 100) await publish('CriticalValueFound', { sampleId, severity: 'panic', value });
    }),
  }),
  'ward/recollectSample': async () => ({ handler: recollectSample(done) }),
  'ward/showResultOnWard': async () => ({ handler: showResultOnWard(done) }),
};
