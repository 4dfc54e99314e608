import type { Activity, Occurrence } from './activity.ts';

/** The activities of a system: the latest are kept, all are told to the listener. */
export interface Journal {
  add(at: number, occurrence: Occurrence): void;
  /** The latest activities, oldest first. */
  entries(): readonly Activity[];
}

/** Makes a journal that keeps the latest `limit` activities. */
export function createJournal(limit: number, onActivity: ((activity: Activity) => void) | undefined): Journal {
  const kept: Activity[] = [];
  let sequence = 0;
  return {
    add: (at, occurrence) => {
      const activity: Activity = { sequence: sequence++, at: new Date(at), ...occurrence };
      if (limit > 0) kept.push(activity);
      // Dropping in blocks keeps adding at constant cost.
      if (kept.length > 2 * limit) kept.splice(0, kept.length - limit);
      onActivity?.(activity);
    },
    entries: () => (kept.length > limit ? kept.slice(-limit) : kept.slice()),
  };
}
