import { play } from './play.ts';

const seed = Number(process.argv[2] ?? 1);
for (let s = seed; s < seed + Number(process.argv[4] ?? 1); s++) {
  const c = process.cpuUsage();
  const account = await play(s, Number(process.argv[3] ?? 2000));
  const u = process.cpuUsage(c);
  console.log(
    s,
    Math.round((u.user + u.system) / 1000),
    account.violations.length,
    account.violations.slice(0, 15).join('\n'),
  );
}
process.exit(0);
