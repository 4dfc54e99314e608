import { createLocalSystem } from '/work/wt/faults/local/dist/index.js';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
const topology={system:'x',services:[],consumers:[],destinations:[{kind:'bus',key:'bus:x',name:'x',environmentVariable:'X'},{kind:'queue',key:'queue:q',name:'q',environmentVariable:'Q',fifo:false,source:'q'}]};
const s=createLocalSystem({topology,handlers:{},tables:[{name:'t',partitionKey:'id'}],journalLimit:1});
const bench=async(n,f)=>{for(let i=0;i<2000;i++)await f(i);const c=process.cpuUsage();const t=performance.now();for(let i=0;i<n;i++)await f(i);const u=process.cpuUsage(c);return ((performance.now()-t)/n).toFixed(3)+' ms wall, cpu '+((u.user+u.system)/1000/n).toFixed(3)};
console.log('PutItem',await bench(5000,i=>s.clients.dynamoDb.send(new PutItemCommand({TableName:'t',Item:{id:{S:'a'+i%100},b:{N:'1'}}}))));
console.log('PutEvents',await bench(5000,i=>s.clients.eventBridge.send(new PutEventsCommand({Entries:[{EventBusName:'x',Source:'s',DetailType:'d',Detail:'{"a":1}'}]}))));
