import type { Approval } from '../life/wave.ts'
import { settingsOf } from '../playbooks/entity.ts'
import { isAudience } from '../playbooks/notice.ts'
import type { Approvable } from '../playbooks/planning.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { WaveRow } from '../store/schema.ts'

/** How an approval stands: who of those asked has not said yes, and whether those who have suffice. */
export type Standing = { enough: boolean; missing: string[] }

/**
 * Whether a wave has the approvals that its playbook asks for. Each approver is another person: one word is counted once. A confirmation is about
 * one day: those given for another day count no more. Where the playbook names nobody, one word of anybody is enough. A role is spoken for by those
 * who hold it in the whole playbook, or by one of each entity in the wave.
 */
export function approved(playbook: Playbook, wave: Wave, what: Approvable): Standing {
  const given = (wave.approvals ?? []).filter(one => isAbout(one, what) && (what === 'pilot' || isOfDay(one, wave.day)))
  const asked = playbook.approvals[what]
  if (!asked) return given.length > 0 ? { enough: true, missing: [] } : { enough: false, missing: ['anybody'] }
  const missing = unmatched(asked, latestOfEach(given), speaking(playbook, wave))
  const quorum = Math.min(playbook.approvals.quorum ?? asked.length, asked.length)
  return { enough: asked.length - missing.length >= quorum, missing }
}

/** Who holds a role in a wave: for the whole playbook, and for each of the wave’s entities. Undefined where nobody is named. */
export function holdersOf(playbook: Playbook, { entities = [] }: Pick<WaveRow, 'entities'>, role: string) {
  if (!isAudience(role) || role === 'owner') return undefined
  const ofAll = playbook.people[role] ?? []
  const ofEach = entities.map(entity => settingsOf(playbook, entity).people[role] ?? [])
  return ofAll.length + ofEach.flat().length > 0 ? { ofAll, ofEach } : undefined
}

type Wave = Pick<WaveRow, 'approvals' | 'day' | 'entities'>
/** Whether a person’s word counts for an approver that a playbook names: a role, or the person; `given`: what the others have said. */
type Speaks = (asked: string, one: Approval, given: readonly Approval[]) => boolean

function speaking(playbook: Playbook, wave: Wave): Speaks {
  return (asked, { who, as }, given) => {
    if (!isAudience(asked) || asked === 'owner') return same(asked, who)
    const holders = holdersOf(playbook, wave, asked)
    if (!holders) return as === asked
    const { ofAll, ofEach } = holders
    if (ofAll.some(one => same(one, who))) return true
    const each = ofEach.length > 0 && ofEach.every(own => given.some(other => own.some(one => same(one, other.who))))
    return each && ofEach.flat().some(one => same(one, who))
  }
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
function unmatched(asked: readonly string[], given: readonly Approval[], speaks: Speaks): string[] {
  const speaker = new Map<string, Approval>()
  const place = (approver: string, tried: Set<Approval>): boolean => {
    for (const one of given) {
      if (tried.has(one) || !speaks(approver, one, given)) continue
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
