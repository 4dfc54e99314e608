import { announce } from '../dom/announce.ts';
import { keepTheme, readTheme, showTheme, type Theme } from '../dom/theme-choice.ts';

const next: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const words: Readonly<Record<Theme, string>> = { auto: 'as the system', light: 'light', dark: 'dark' };

/** Lets `.theme-toggle` go through the colour themes. Its `data-state` says which one is shown. */
export function startThemeToggle(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.theme-toggle')) {
    let theme = readTheme();
    const isBare = button.textContent.trim() === '' && button.children.length === 0;
    // What is seen has to be part of the name, for those who speak to their browser.
    const name = button.textContent.trim() || 'Theme';
    const show = (): void => {
      button.dataset.state = theme;
      button.title = `${name}: ${words[theme]}`;
      button.setAttribute('aria-label', `${name}: ${words[theme]}. Change to ${words[next[theme]]}`);
      if (isBare) button.textContent = glyphs[theme];
    };
    show();
    button.hidden = false;
    button.addEventListener('click', () => {
      theme = next[theme];
      keepTheme(theme);
      showTheme(theme);
      show();
      announce(`${name}: ${words[theme]}`);
    });
  }
}

const glyphs: Readonly<Record<Theme, string>> = { auto: '◐', light: '☀', dark: '☾' };
