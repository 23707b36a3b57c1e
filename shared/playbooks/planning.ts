import { z } from 'zod'
import { expected } from '../intake/faults.ts'
import { line, name, whole } from '../intake/words.ts'
import { blackout, calendarDay, holidayCode } from './days.ts'
import { audiences } from './notice.ts'

/** How the addresses of a class look: `po*@school.example`; `*` stands for any characters. */
const pattern = line('a pattern of addresses, such as po*@school.example', 254)

const window = z
  .strictObject({ from: calendarDay, to: calendarDay, addresses: z.array(pattern).min(1).exactOptional() })
  .superRefine(({ from, to }, ctx) => {
    if (from > to) ctx.addIssue({ code: 'custom', path: ['to'], message: `expected a day not before ${from} (got “${to}”)` })
  })

const roles: readonly string[] = audiences.filter(audience => audience !== 'owner')
const approver = line(`an approver: a role (${roles.join(', ')}) or a person’s name or address`, 120)
const approvers = z.array(approver).min(1, { error: 'expected at least one approver (got an empty list)' }).exactOptional()

/** What can need the word of several people. */
const approvable = ['confirm', 'pilot', 'postpone'] as const
export type Approvable = (typeof approvable)[number]

/** The parts of a playbook that say when waves may be, in which order, and who must agree. */
export const planning = {
  holidays: z.array(holidayCode).default([]).describe('whose public holidays count: FR, BE, or a region as FR-57'),
  blackouts: z.array(blackout).default([]).describe('days on which the project stands still, with the reason'),
  windows: z
    .record(name, window)
    .default({})
    .describe('between which days the mailboxes of a class are cut over; a mailbox says its class, or its address does'),
  sequence: z
    .strictObject({
      pilot: name.exactOptional().describe('the wave that must be judged good before any other begins'),
      order: z
        .enum(['teams-use'])
        .exactOptional()
        .describe(
          'reckoned instead of listed: waves whose people use Teams most come first, once somebody has put the order into force',
        ),
      waves: z.array(name).default([]).describe('waves in their order: each waits for the one before it'),
      until: z.enum(['switched', 'closed']).default('closed').describe('what the one before must have reached'),
    })
    .superRefine(({ order, waves }, ctx) => {
      if (order !== undefined && waves.length > 0)
        ctx.addIssue({
          code: 'custom',
          path: ['waves'],
          message: 'are listed, and an order is asked for: leave out one of the two',
        })
    })
    .exactOptional()
    .describe('which wave waits for which'),
  approvals: z
    .strictObject({
      confirm: approvers.describe('who confirms the date of a wave'),
      pilot: approvers.describe('who judges the pilot'),
      postpone: approvers.describe('who grants a later date'),
      quorum: whole('a number of approvers', 1, 50).exactOptional().describe('how many of them suffice; absent: all'),
    })
    .default({})
    .describe('whose word is needed, each by another person'),
  slots: z
    .strictObject({
      dates: z
        .array(calendarDay)
        .min(1, { error: 'expected at least one day (got an empty list)' })
        .refine(list => new Set(list).size === list.length, { error: expected('each day once') }),
      entities: whole('how many waves have room on one date', 1, 10_000).exactOptional(),
      mailboxes: whole('how many mailboxes have room on one date', 1, 1_000_000).exactOptional(),
      late: z.enum(['slip', 'wait']).default('slip').describe('answers missing at the confirmation: the next date, or wait'),
    })
    .superRefine(({ entities, mailboxes }, ctx) => {
      if (entities === undefined && mailboxes === undefined)
        ctx.addIssue({ code: 'custom', path: ['entities'], message: 'is missing: give entities, mailboxes or both, per date' })
    })
    .exactOptional()
    .describe('the dates that coordinators may choose from, and the room on each'),
}
