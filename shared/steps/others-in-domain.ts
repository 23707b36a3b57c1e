import { isWanted, leftBehind } from '../calendar/missed.ts'
import { type Elsewhere, homelessElsewhere } from '../calendar/shared-domains.ts'
import type { Word } from '../life/wave.ts'
import type { App } from '../ports.ts'
import type { DomainRow, WaveRow } from '../store/schema.ts'
import { announceElsewhere } from './announcing.ts'
import { domainsOf, wordFor } from './moving-domains.ts'

/**
 * What a cutover waits for though nothing of its own is missing, told to operators: an MX is a whole domain’s, and mailboxes of other waves in it do not
 * exist at the target yet. A person’s word lets it go, since the new side may pass their mail on to the old server.
 */
export async function waitsForOthers(app: App, wave: WaveRow, going: readonly DomainRow[]): Promise<[string, Word] | undefined> {
  const elsewhere = await bouncingElsewhere(app, wave, going)
  if (elsewhere.length === 0) return undefined
  await announceElsewhere(app, wave, elsewhere)
  const list = elsewhere.map(({ domain, wave: other, mailboxes }) => `${domain} (${mailboxes} of wave “${other}”)`).join(', ')
  const word = wordFor(
    going,
    elsewhere.map(({ domain }) => domain),
    leftBehind(wave),
  )
  const without = word.without && JSON.stringify(word.without)
  const waitsFor =
    without === undefined
      ? `mailboxes of other waves that do not exist at the target yet, whose mail would bounce: ${list}; it goes by itself once they do; where the new side passes their mail on to the old server, POST …/approve with "step": "cutover" switches all the same`
      : `mailboxes of other waves that do not exist at the target yet, whose mail would bounce: ${list}; it goes by itself once they do; where the new side passes their mail on to the old server, POST …/approve with "step": "cutover" switches all the same, "without": ${without} lets the others go`
  return [waitsFor, word]
}

/** The same for a notice about it; undefined where the wave does not wait for that. */
export async function elsewhereNow(app: App, wave: WaveRow): Promise<string | undefined> {
  const hour = wave.gates?.cutover ?? 0
  if (wave.state !== 'ready' || hour > app.now()) return undefined
  const behind = leftBehind(wave)
  const going = (await domainsOf(app, wave)).filter(({ domain, state }) => state !== 'cancelled' && !behind.includes(domain))
  const elsewhere = await bouncingElsewhere(app, wave, going)
  const names = elsewhere.map(({ domain, wave: other, mailboxes }) => `${domain} (${other}: ${mailboxes})`)
  return names.length > 0 ? names.join(', ') : undefined
}

async function bouncingElsewhere(app: App, wave: WaveRow, going: readonly DomainRow[]): Promise<Elsewhere[]> {
  if (isWanted(wave)) return []
  return homelessElsewhere(
    app,
    wave.wave,
    going.map(({ domain }) => domain),
  )
}
