import type { WantedMailbox } from '../intake/mailbox.ts'
import { blackoutOn } from '../playbooks/days.ts'
import type { Playbook } from '../playbooks/playbook.ts'

/** A mailbox as far as its class goes. */
type Classed = Pick<WantedMailbox, 'address' | 'class'>

/** The class of a mailbox: the one that the wave says, else the first whose pattern its address fits. */
function classOf({ windows }: Pick<Playbook, 'windows'>, mailbox: Classed): string | undefined {
  if (mailbox.class !== undefined) return mailbox.class
  return Object.entries(windows).find(([, { addresses = [] }]) => addresses.some(one => fits(one, mailbox.address)))?.[0]
}

/**
 * Why mailboxes of a wave may not be cut over on a day D, by path; empty where they may. The pilot is a sample of every class, judged before their
 * windows open: they do not bind it.
 */
export function dayFaults(
  playbook: Playbook,
  wave: string,
  day: string,
  mailboxes: readonly Classed[],
): { path: string; message: string }[] {
  const black = blackoutOn(day, playbook.blackouts)
  const isPilot = playbook.sequence?.pilot === wave
  const outside = mailboxes.flatMap((mailbox, i) => {
    const name = classOf(playbook, mailbox)
    if (name === undefined) return []
    const window = Object.hasOwn(playbook.windows, name) ? playbook.windows[name] : undefined
    const known = Object.keys(playbook.windows).join(', ') || 'none'
    if (!window) return [{ path: `mailboxes[${i}].class`, message: `there is no class “${name}” in windows (${known})` }]
    if (isPilot || (window.from <= day && day <= window.to)) return []
    return [
      {
        path: `mailboxes[${i}]`,
        message: `${mailbox.address} is of class ${name}, whose window is ${window.from} to ${window.to}: not ${day}`,
      },
    ]
  })
  return [
    ...(black ? [{ path: 'day', message: `${day} lies in a black-out, ${black.from} to ${black.to}: ${black.why}` }] : []),
    ...outside,
  ]
}

function fits(pattern: string, address: string): boolean {
  const parts = pattern
    .toLowerCase()
    .split('*')
    .map(part => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(address.toLowerCase())
}
