export { alarmDefaults, alarmsOf, type ResolvedAlarms, type ResolvedSettings, settingsOf } from '@eventloom/engine';
