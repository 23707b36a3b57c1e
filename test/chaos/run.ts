import { parseArgs } from 'node:util'
import { chaos } from './chaos.ts'

/** `node test/chaos/run.ts --runs N [--seed S] [--first n]`: runs with faults drawn from a seed; exit 1 where one was not exact. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
  },
})
const { runs, struck, failures } = await chaos(Number(values.runs), values.seed, Number(values.first), line => console.log(line))
console.log(`${runs} runs, ${failures.length} not exact; ${JSON.stringify(struck)}`)
for (const { seed, faults, why } of failures) console.log(`seed ${seed} (${faults}): ${why.join('; ')}`)
process.exitCode = failures.length === 0 ? 0 : 1
