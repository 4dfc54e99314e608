import { readFileSync, readdirSync } from 'node:fs';
const dir='/tmp/wiring/prof/'; let best=null; for (const f of readdirSync(dir)){const p=JSON.parse(readFileSync(dir+f));if(p.nodes.some(n=>n.callFrame.functionName===process.argv[2]))best=p;}
const byId=new Map(best.nodes.map(n=>[n.id,n])); const parent=new Map(); for(const n of best.nodes)for(const c of n.children??[])parent.set(c,n.id);
const k=n=>n.callFrame.functionName+' '+n.callFrame.url.split('/').slice(-2).join('/');
const total=new Map();
best.samples.forEach((s,i)=>{const dt=best.timeDeltas[i]/1000; const stack=[]; let n=byId.get(s); while(n){stack.push(n);n=byId.get(parent.get(n.id));} const at=stack.findIndex(n=>n.callFrame.functionName===process.argv[2]); if(at<0)return; for(const key of new Set(stack.slice(0,at+1).map(k)))total.set(key,(total.get(key)??0)+dt);});
for(const [a,v] of [...total].sort((a,b)=>b[1]-a[1]).slice(0,32))console.log(v.toFixed(0),a);
