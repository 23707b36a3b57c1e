import { readFileSync } from 'node:fs'

/** Prints the functions of a processor profile (of `npm run bench -- --profile`) by their own time: `profile.ts FILE [HOW_MANY]`. */
type Node = { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }
type Profile = { nodes: Node[]; samples: number[]; timeDeltas: number[] }

const [file = '', many = '30'] = process.argv.slice(2)
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile
const own = new Map<number, number>()
for (const [i, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[i] ?? 0) / 1000)
const byFunction = new Map<string, number>()
for (const { id, callFrame } of nodes) {
  const { functionName, url, lineNumber } = callFrame
  const where = url.replace(/^file:\/\//, '').replace(/.*\/((node_modules|dist|shared|test)\/)/, '$1')
  const name = `${functionName || '(anonymous)'} ${where}${where ? `:${lineNumber + 1}` : ''}`
  byFunction.set(name, (byFunction.get(name) ?? 0) + (own.get(id) ?? 0))
}
const total = [...byFunction.values()].reduce((a, b) => a + b, 0)
const idle = byFunction.get('(idle) ') ?? 0
console.log(`${Math.round(total)} ms, of these idle ${Math.round(idle)}`)
const busy = [...byFunction].filter(([name]) => name !== '(idle) ').sort((a, b) => b[1] - a[1])
for (const [name, ms] of busy.slice(0, Number(many)))
  console.log(`${String(Math.round(ms)).padStart(7)} ms ${((100 * ms) / (total - idle)).toFixed(1).padStart(5)} %  ${name}`)
