import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { engine } from './engine.ts'
import { clearGround, seed, startGround } from './ground.ts'
import { ours } from './ours.ts'
import { doveadm, imapsync, imapsyncPackages, mbsync } from './peers.ts'
import { plot } from './plot.ts'
import { type Result, round } from './round.ts'
import type { Runner } from './runner.ts'
import { markdown, rowsOf } from './table.ts'
import { full, huge, quick } from './workloads.ts'

const usage = `npm run bench -- [--full] [--only mixed,small,far,eight,hundred,huge] [--runners ours,cold,engine,mbsync,imapsync,doveadm]
                 [--chaos N [--seed S]] [--rounds N] [--profile] [--playbook 'lines of YAML']
IMAPSYNC=/path/to/imapsync adds that peer. Results go to .releve/bench/.`

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    runners: { type: 'string' },
    rounds: { type: 'string' },
    chaos: { type: 'string' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'boolean', default: false },
    playbook: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

if (values.chaos) {
  const given = ['--runs', values.chaos, '--seed', values.seed]
  const run = resolve(import.meta.dirname, '../chaos/run.ts')
  process.exit(spawnSync(process.execPath, [run, ...given], { stdio: 'inherit' }).status ?? 1)
}

const out = resolve(import.meta.dirname, '../../.releve/bench')
mkdirSync(out, { recursive: true })
const profiling = values.profile ? { profileDir: join(out, 'profiles') } : {}
const { IMAPSYNC } = process.env
if (IMAPSYNC) execFileSync('sh', [resolve(import.meta.dirname, '../setup.sh'), ...imapsyncPackages], { stdio: 'inherit' })
const all: Runner[] = [
  ours({ ...profiling, playbook: values.playbook }),
  ours({ cold: true, playbook: values.playbook }),
  engine(profiling),
  mbsync,
  ...(IMAPSYNC ? [imapsync(resolve(IMAPSYNC))] : []),
  doveadm,
]
const among = (list: string | undefined, name: string) => list === undefined || list.split(',').includes(name)
const runners = all.filter(({ name }) => among(values.runners, name === 'ours, cold' ? 'cold' : (name.split(' ')[0] ?? '')))
const named = [...(values.full ? full : quick), ...(values.only ? [huge] : [])]
const workloads = named.filter(({ name }) => among(values.only, name))
const rounds = Number(values.rounds ?? (values.full ? 3 : 1))

const dir = mkdtempSync(join(tmpdir(), 'bench-'))
const ground = await startGround(dir)
const results: Result[] = []
const tables: string[] = []
try {
  for (const workload of workloads) {
    console.log(`\n${workload.title}: seeding ...`)
    const seeds = await seed(ground.source, workload)
    for (let n = 1; n <= rounds; n++) {
      for (const runner of runners) {
        const result = await round(ground, workload, seeds, runner, n)
        results.push(result)
        console.log(`  round ${n}, ${runner.name}: ${result.error ?? `${(result.wallMs / 1000).toFixed(2)} s`}`)
      }
    }
    const ofLoad = results.filter(result => result.workload === workload.name)
    const busy = Math.max(...ofLoad.map(({ load }) => load)).toFixed(1)
    const mb = Math.round((ofLoad[0]?.bytes ?? 0) / 1e6)
    const table = `${workload.title}, ${mb} MB, ${rounds} round${rounds === 1 ? '' : 's'} (load of the machine up to ${busy}):\n\n${markdown(rowsOf(workload, runners, results))}\n`
    tables.push(table)
    console.log(`\n${table}`)
    const curves = ofLoad
      .filter(result => result.round === rounds)
      .map(({ runner, timeline }) => ({ name: runner, points: timeline }))
    writeFileSync(join(out, `${workload.name}.svg`), plot(`Messages arrived: ${workload.title}`, curves))
  }
} finally {
  await ground.stop()
  clearGround(ground)
  rmSync(dir, { recursive: true, force: true })
}
writeFileSync(join(out, 'results.json'), `${JSON.stringify(results, null, 1)}\n`)
writeFileSync(join(out, 'table.md'), tables.join('\n'))
console.log(`Tables, results and plots: ${out}`)
