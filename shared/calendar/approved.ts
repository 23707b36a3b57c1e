import { isAudience } from '../playbooks/notice.ts'
import type { Approvable } from '../playbooks/planning.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { Approval, WaveRow } from '../store/schema.ts'

/** How an approval stands: who of those asked has not said yes, and whether those who have suffice. */
export type Standing = { enough: boolean; missing: string[] }

/**
 * Whether a wave has the approvals that its playbook asks for. Each approver is another person: one word is counted once. A confirmation is about
 * one day: those given for another day count no more. Where the playbook names nobody, one word of anybody is enough.
 */
export function approved(playbook: Playbook, wave: Pick<WaveRow, 'approvals' | 'day'>, what: Approvable): Standing {
  const given = (wave.approvals ?? []).filter(one => isAbout(one, what) && (what === 'pilot' || isOfDay(one, wave.day)))
  const asked = playbook.approvals[what]
  if (!asked) return given.length > 0 ? { enough: true, missing: [] } : { enough: false, missing: ['anybody'] }
  const missing = unmatched(playbook, asked, latestOfEach(given))
  const quorum = Math.min(playbook.approvals.quorum ?? asked.length, asked.length)
  return { enough: asked.length - missing.length >= quorum, missing }
}

/** Whether a person may speak for an approver that a playbook names: a role held by those under `people`, or the person. */
export function speaksFor(playbook: Playbook, asked: string, { who, as }: Pick<Approval, 'who' | 'as'>): boolean {
  if (!isAudience(asked) || asked === 'owner') return same(asked, who)
  const holders = playbook.people[asked]
  return holders ? holders.some(one => same(one, who)) : as === asked
}

function isAbout({ step }: Approval, what: Approvable): boolean {
  return step === what || (what === 'confirm' && step === 'cutover')
}

function isOfDay(one: Approval, day: string | undefined): boolean {
  return one.day === undefined || one.day === day
}

function latestOfEach(given: readonly Approval[]): Approval[] {
  return [...new Map(given.map(one => [one.who.toLowerCase(), one])).values()]
}

/** The approvers for whom nobody has spoken, when each person speaks for at most one (augmenting paths). */
function unmatched(playbook: Playbook, asked: readonly string[], given: readonly Approval[]): string[] {
  const speaker = new Map<string, Approval>()
  const place = (approver: string, tried: Set<Approval>): boolean => {
    for (const one of given) {
      if (tried.has(one) || !speaksFor(playbook, approver, one)) continue
      tried.add(one)
      const other = [...speaker].find(([, by]) => by === one)?.[0]
      if (other !== undefined && !place(other, tried)) continue
      speaker.set(approver, one)
      return true
    }
    return false
  }
  return asked.filter(approver => !place(approver, new Set()))
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
