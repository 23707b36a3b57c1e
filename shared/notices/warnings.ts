import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { NoticeRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** What to think of where notices could not be sent or came back, or where nobody can see whether they do. */
export async function noticeWarnings(app: App, { wave }: { wave: string }): Promise<string[]> {
  const partition = keyPart(wave)
  const [stuck, watched] = await Promise.all([
    all(app.store.notices.list({ partition, states: ['held', 'undeliverable'] })),
    all(app.store.returns.list({ partition })),
  ])
  const [held, returned] = [stuck.filter(({ state }) => state === 'held'), stuck.filter(({ state }) => state === 'undeliverable')]
  return [
    ...[...Map.groupBy(held, ({ notice }) => notice).values()].flatMap(unsent),
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

/** One warning for all readers of a notice: what it lacks, most of them lack. */
function unsent([first, ...more]: NoticeRow[]): string[] {
  if (!first) return []
  const { notice, to, error } = first
  const why = error?.message ?? 'held'
  return [
    more.length > 0
      ? `the notice ${notice} to ${to} (and to ${more.length} more) is not sent: ${why}; release the wave once that is mended`
      : `the notice ${notice} to ${to} is not sent: ${why}; release the wave once that is mended`,
  ]
}
