import { join } from 'node:path'
import { runAll } from './children.ts'
import { master } from './ground.ts'
import { playbookOf } from './ours.ts'
import type { Runner } from './runner.ts'

/** Our copy engine without host, queues and tables: what the state layer and the hops cost is the difference to `ours`. */
export function engine({ profileDir }: { profileDir?: string } = {}): Runner {
  return {
    name: 'engine alone',
    exact: true,
    peer: false,
    run: job => {
      const order = {
        pairs: job.seeds.map(({ user }, i) => ({ source: user, target: job.targets[i] ?? '' })),
        ports: job.ports,
        suffix: `${master.separator}${master.user}`,
        pass: master.password,
        playbook: playbookOf('engine', job.ports, ''),
      }
      const profiling = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
      return runAll(job, [
        [process.execPath, ...profiling, join(import.meta.dirname, 'engine-process.ts'), JSON.stringify(order)],
      ])
    },
  }
}
