import { readFileSync } from 'node:fs';
const out = JSON.parse(readFileSync(process.argv[2]!, 'utf8'));
for (const e of out.events) {
  console.log(`\n## ${e.name}`); for (const f of e.facts) console.log(`  - ${f.label}: ${f.value}`);
  for (const p of e.producers) console.log(`  < ${p.kind} ${p.service.text} ${p.operation} ${p.ingress ?? ''} ${p.outbox}`);
  for (const c of e.consumers) { console.log(`  > ${c.anchor} [${c.delivery}] ${c.route}`); for (const f of c.filter) console.log(`      filter: ${f}`); for (const f of c.facts) console.log(`      ${f.label}: ${f.value}`); for (const x of c.compiled) console.log(`      # ${x.title}: ${JSON.stringify(JSON.parse(x.json))}`); for (const v of c.verdicts) console.log(`      ${v.matched}: ${v.reason}`); if (c.narrowed) console.log('      narrowed', c.narrowed); console.log('      emits', c.emits.map((x: any) => x.text).join()); }
  for (const w of e.wireForms) console.log(`  ~ ${w.anchor} | ${w.title} | ${w.explanation} | ${w.consumers.map((x: any) => x.text)}\n      ${JSON.stringify(JSON.parse(w.json)).slice(0, 600)}`);
}
for (const s of out.services) { console.log(`\n# service ${s.name}`);
  for (const p of s.publishes) console.log(`  pub ${p.by} ${p.event.text} ${p.operation} -> ${p.destination.text}`);
  for (const p of s.consumes) console.log(`  con ${p.event.text} ${p.operation} ${p.consumer} ${p.delivery} ${p.filter.join(' & ')}`);
  for (const r of s.resources) console.log(`  res ${r.kind} | ${r.name} | ${r.belongsTo} | ${r.facts.map((f: any) => `${f.label}=${f.value}`).join('; ')}`);
  for (const r of s.alarms) console.log(`  alarm ${r.name} | ${r.condition} | ${r.meaning}`);
  for (const r of s.permissions) console.log(`  may ${r.who}: ${r.may}`);
  for (const r of s.environment) console.log(`  env ${r.label}: ${r.value}`);
}
for (const d of out.destinations) { console.log(`\n# ${d.key} ${d.anchor} ${d.name} ${d.description}`); for (const f of d.facts) console.log(`  ${f.label}: ${f.value}`); for (const c of d.channels) console.log(`  ch ${c.key} ${c.address} ${c.events.map((x: any) => x.text)}`); console.log(`  -> ${d.consumers.map((x: any) => x.text)}`); }
