import { emptyLedger, waveRow, mailboxRow, folderRow, chunkRow, copied, people } from '/work/main/test/receipt/ledger.ts'
import { manifest, sealMailbox } from '/work/main/shared/receipt/manifest.ts'
import { verifyManifest } from '/work/main/shared/receipt/verify.ts'
import { chance } from '/work/main/test/fakes/chance.ts'
import type { ChunkRow } from '/work/main/shared/store/schema.ts'
const n = Number(process.argv[2])
const ledger = emptyLedger(); const r = chance(1); const a = people[0]!
const base = copied(r, 1)
// a store whose listing makes rows as they are read
const chunks = ledger.store.chunks as unknown as { list: unknown }
chunks.list = async function* () { for (let i = 1; i <= n; i += 200) yield { row: chunkRow(a, 'INBOX', Array.from({length:200},(_, k)=>({...base, uid: i+k, target: i+k}))) as ChunkRow, etag: '' } }
await ledger.store.folders.put([folderRow(a,'INBOX',n)])
const box = mailboxRow(a, { found: n, state: 'held' })
let t = Date.now(); const cpu = process.cpuUsage(); let bytes = 0; let peak = 0
const seal = await sealMailbox(ledger, waveRow(), box)
console.log(process.cpuUsage(cpu).user/n, "us per line"); console.log("seal", n, Date.now()-t, 'ms', Math.round(process.memoryUsage().rss/1e6), 'MB', seal.header.verdict, seal.messages)
t = Date.now()
async function* b() { let k=0; for await (const l of manifest(ledger, waveRow(), box)) { const x = Buffer.from(l); bytes += x.length; if (k++ % 10000 === 0) peak = Math.max(peak, process.memoryUsage().rss); yield x } }
const v = await verifyManifest(b())
console.log('build+verify', Date.now()-t, 'ms', Math.round(bytes/n), 'bytes/line', Math.round(peak/1e6), 'MB', v.faults, v.seal === seal.seal)
