import { corpusMailbox } from '../mail/corpus.ts'
import { type GeneratedMailbox, generateMailbox } from '../mail/generator.ts'
import type { Resident } from './people.ts'

/** Mail for a resident, the same for the same plan. */
export function inventedMailbox({ address, displayName }: Resident, messages: number, now: number): GeneratedMailbox {
  const owner = [displayName, address] as const
  return withoutKeywords(generateMailbox({ seed: address, messages, size: 'mixed', language: 'fr', now, owner }))
}

/**
 * One of several equal parts of a folder of `.eml` files. Folders are called `Dossier 01` and so on: what a corpus calls them may name
 * people, and would stand in tables and on screens.
 */
export function corpusPart({ dir, part, of, now }: { dir: string; part: number; of: number; now: number }): GeneratedMailbox {
  const whole = corpusMailbox({ dir, now })
  const others = whole.folders.map(({ path }) => path.join('/')).filter(path => path !== 'INBOX')
  const neutral = new Map(others.map((path, i) => [path, [`Dossier ${`${i + 1}`.padStart(2, '0')}`]]))
  return withoutKeywords({
    folders: [['INBOX'], ...neutral.values()].map(path => ({ path, subscribed: true })),
    *messages() {
      let at = 0
      for (const message of whole.messages()) {
        if (at++ % of === part) yield { ...message, folder: neutral.get(message.folder.join('/')) ?? ['INBOX'] }
      }
    },
  })
}

/** Exchange keeps no keywords, and a verdict lists each loss; without them it can be `complete`. */
export function withoutKeywords(mailbox: GeneratedMailbox): GeneratedMailbox {
  return {
    folders: mailbox.folders,
    *messages() {
      for (const message of mailbox.messages()) yield { ...message, keywords: [] }
    },
  }
}
