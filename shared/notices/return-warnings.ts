import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { all } from '../store/store.ts'

/** What to think of where notices came back, or where nobody can see whether they do. */
export async function returnWarnings(app: App, { wave }: { wave: string }): Promise<string[]> {
  const partition = keyPart(wave)
  const [returned, watched] = await Promise.all([
    all(app.store.notices.list({ partition, states: ['undeliverable'] })),
    all(app.store.returns.list({ partition })),
  ])
  return [
    ...returned.map(({ notice, to, error }) => `the notice ${notice} did not reach ${to}: ${error?.message ?? 'it came back'}`),
    ...watched.flatMap(({ address, unreadable }) =>
      unreadable
        ? [
            `mails from mail servers in ${address} that the program could not understand: ${unreadable}; open it and look whether notices came back`,
          ]
        : [],
    ),
    ...watched.flatMap(({ state, address, error }) =>
      state === 'held'
        ? [
            `${address} cannot be read, so nobody sees which notices come back: ${error?.message ?? 'held'}; release the wave once that is mended`,
          ]
        : [],
    ),
  ]
}
