import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { all } from '../store/store.ts'

/** What to think of where notices came back, or where nobody can see whether they do. */
export async function returnWarnings(app: App, { wave }: { wave: string }): Promise<string[]> {
  const partition = keyPart(wave)
  const [returned, blind] = await Promise.all([
    all(app.store.notices.list({ partition, states: ['undeliverable'] })),
    all(app.store.returns.list({ partition, states: ['held'] })),
  ])
  return [
    ...returned.map(({ notice, to, error }) => `the notice ${notice} did not reach ${to}: ${error?.message ?? 'it came back'}`),
    ...blind.map(
      ({ address, error }) =>
        `${address} cannot be read, so nobody sees which notices come back: ${error?.message ?? 'held'}; release the wave once that is mended`,
    ),
  ]
}
