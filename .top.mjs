import { readFileSync, readdirSync } from 'node:fs';
const dir='/tmp/wiring/prof/'; let best=null,size=0; for (const f of readdirSync(dir)){const p=JSON.parse(readFileSync(dir+f));if(p.nodes.some(n=>n.callFrame.functionName==='describeEventWiring')){size=p.samples.length;best=p;}}
const self=new Map(),total=new Map(); const byId=new Map(best.nodes.map(n=>[n.id,n])); const parent=new Map(); for(const n of best.nodes)for(const c of n.children??[])parent.set(c,n.id);
best.samples.forEach((s,i)=>{const dt=best.timeDeltas[i]/1000; let n=byId.get(s); const k=n=>n.callFrame.functionName+' '+n.callFrame.url.split('/').slice(-2).join('/'); self.set(k(n),(self.get(k(n))??0)+dt); const seen=new Set(); while(n){const key=k(n); if(!seen.has(key)){seen.add(key);total.set(key,(total.get(key)??0)+dt);} n=byId.get(parent.get(n.id));}});
for(const [k,v] of [...total].sort((a,b)=>b[1]-a[1]).slice(0,75))console.log(v.toFixed(0),k);
