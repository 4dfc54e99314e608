import { readTheme, showTheme } from './dom/theme-choice.ts';

// In the head of each page, so that a reader's choice is there before anything is painted.
showTheme(readTheme());
