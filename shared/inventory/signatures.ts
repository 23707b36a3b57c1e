import { isMailbox } from '../intake/mailbox.ts'
import type { Language } from '../intake/words.ts'
import { languages } from '../intake/words.ts'
import { local } from '../notices/facts.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { signatureHtml } from '../playbooks/signature.ts'
import type { MailboxRow } from '../store/schema.ts'
import { exchangeName } from './exchange-name.ts'

/** One signature: the name of its rule and of the group of those who get it, its HTML, and those of this wave. */
export type Signing = { name: string; html: string; members: string[] }

/** Every signature of a playbook, by entity and language, each with the mailboxes of a wave that get it. Aliases and lists send nothing. */
export function signaturesOf(playbook: Playbook, rows: readonly MailboxRow[]): Signing[] {
  const senders = rows.filter(({ state, wanted }) => state !== 'cancelled' && isMailbox(wanted))
  return [undefined, ...Object.keys(playbook.entities)].flatMap(entity => {
    const settings = settingsOf(playbook, entity)
    const { signature, branding } = settings
    const mine = senders.filter(row => known(playbook, entityOf(playbook, row)) === entity)
    const title = entity === undefined ? undefined : (playbook.entities[entity]?.title ?? entity)
    return languages.flatMap((language): Signing[] => {
      const text = signature?.[language]
      if (text === undefined) return []
      const names = {
        ...(branding.name ? { house: local(branding.name, language) } : {}),
        ...(title ? { entity: local(title, language) } : {}),
      }
      const members = mine.filter(({ wanted }) => languageOf(settings, wanted.language) === language)
      return [
        {
          name: named(playbook.playbook, entity, language),
          html: signatureHtml(text, language, names),
          members: members.map(({ address, wanted }) => wanted.target?.user ?? address),
        },
      ]
    })
  })
}

/** An entity that the playbook does not know has what holds for all. */
function known({ entities }: Playbook, entity: string | undefined): string | undefined {
  return entity !== undefined && Object.hasOwn(entities, entity) ? entity : undefined
}

function languageOf({ signature, languages: spoken = [] }: Playbook, own: Language | undefined): Language | undefined {
  const order = [...(own ? [own] : []), ...spoken, ...languages]
  return order.find(language => signature?.[language] !== undefined)
}

function named(playbook: string, entity: string | undefined, language: Language): string {
  return exchangeName(['releve-signature', playbook, ...(entity ? [entity] : []), language].join('-'))
}
