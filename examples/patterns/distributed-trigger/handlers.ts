import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { orderMeals } from './generated/services/canteen/index.js';
import { openCourses } from './generated/services/courses/index.js';

/** One event starts work in every department, each in its own way. */
export const handlers: HandlerModules = {
  'canteen/orderMeals': async () => ({
    handler: orderMeals(({ payload }) => told(`canteen: meals for ${payload.term}`)),
  }),
  'courses/openCourses': async () => ({
    handler: openCourses(({ payload }) => told(`courses: open for ${payload.term}`)),
  }),
};
