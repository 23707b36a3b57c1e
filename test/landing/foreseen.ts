import { lookInto } from '../../shared/landing/scan.ts'
import { type Scores, scoreLanding } from '../../shared/landing/score.ts'
import { type Counted, packSeen } from '../../shared/landing/seen.ts'
import { takesOf } from '../../shared/landing/takes.ts'
import type { Playbook } from '../../shared/playbooks/playbook.ts'
import type { Target } from '../../shared/targets/target.ts'
import type { Engine } from '../copy/engine.ts'
import { memorySource } from '../fakes/imap.ts'
import { mailboxRow } from '../fakes/rows.ts'

/** What the look ahead says of every message that is to be copied there, whole bodies included; `told`: the target’s largest message, bytes. */
export async function lookedInto(engine: Engine, target: Target, told?: number): Promise<Counted> {
  const [opened] = await target.open(['INBOX'])
  const takes = takesOf({ traits: target.traits, keeps: opened?.keeps ?? (() => true) }, told)
  const inbox = { path: 'INBOX', targetPath: 'INBOX', kinds: [], make: false }
  return lookInto(memorySource(engine.source), inbox, takes, 'every one', Number.POSITIVE_INFINITY, Date.now())
}

/** What was said, held against what the engine’s ledger has. */
export async function scored({ store }: Engine, seen: Counted): Promise<Scores> {
  const mailbox = mailboxRow({ state: 'completed', verifiedAt: 1 })
  const { address, wave, playbook, playbookVersion } = mailbox
  const life = { state: 'scanned' as const, pass: 0, fence: 0, tries: 0, since: 0 }
  await store.mailboxes.insert(mailbox)
  await store.landings.insert({ ...life, wave, address, playbook, playbookVersion, findings: [], seen: packSeen([seen]) })
  const of = { target: { kind: 'exchange-server' }, entities: {} } as unknown as Playbook
  const landed = await scoreLanding({ store, playbook: async () => of }, wave)
  return landed?.scores ?? {}
}
