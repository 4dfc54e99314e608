import { siteHref, siteRoot } from './site-href.ts';

const loads = new Map<string, Promise<void>>();

/**
 * Runs another script of the site, once however often it is asked for. A script that could not be had is tried anew.
 * @throws {Error} when it cannot be had.
 */
export function injectScript(path: string): Promise<void> {
  const known = loads.get(path);
  if (known !== undefined) return known;
  const load = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = siteHref(siteRoot(), path);
    script.onload = () => resolve();
    script.onerror = () => {
      loads.delete(path);
      script.remove();
      reject(new Error(`${path} cannot be loaded`));
    };
    document.head.append(script);
  });
  loads.set(path, load);
  return load;
}
