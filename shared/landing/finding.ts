/**
 * What may keep mail from landing as it is. Of messages: `too-large`, `empty`, `long-line`, `nul`, `eight-bit-header`, `line-ends`, `date`,
 * `keywords`. Of folders: `renamed`, `collision`, `reserved`. Of the mailbox: `over-quota`, `too-many`, `group-address`.
 */
export type Kind =
  | 'too-large'
  | 'empty'
  | 'long-line'
  | 'nul'
  | 'eight-bit-header'
  | 'line-ends'
  | 'date'
  | 'keywords'
  | 'renamed'
  | 'collision'
  | 'reserved'
  | 'over-quota'
  | 'too-many'
  | 'group-address'

/** Kinds that are read from sizes, dates and flags of every message; the others from a sample of bodies. */
export const seenInHeads: readonly Kind[] = ['too-large', 'date', 'keywords']
export const seenInBodies: readonly Kind[] = ['empty', 'long-line', 'nul', 'eight-bit-header', 'line-ends']
export const ofFolders: readonly Kind[] = ['renamed', 'collision', 'reserved']
export const ofMailboxes = ['over-quota', 'too-many', 'group-address'] as const

/** What the target does with it: `refused` as it is (mended or left), `changed` on arrival, or `stops` the mailbox. */
export type Effect = 'refused' | 'changed' | 'stops'

/**
 * One kind of trouble of one mailbox. `count`: how many were seen; `expected`, `least`, `most`: how many there are in all, by extrapolation with a confidence of
 * 95 %; all the same where every one was looked at. `examples`: a few of them, in words.
 */
export type Finding = {
  kind: Kind
  effect: Effect
  count: number
  expected: number
  least: number
  most: number
  examples: string[]
}

/** What to do about each kind. */
export const remedies: Readonly<Record<Kind, string>> = {
  'too-large':
    'Raise the target’s limit for this mailbox before the copy (Set-Mailbox -MaxReceiveSize), or have its owner save these as files.',
  empty: 'Nothing to do: servers take no message of no bytes, so it gets an empty line, and that is recorded.',
  'long-line': 'Nothing to do: such content is encoded anew, and recorded. Signed messages arrive attached to a readable one.',
  nul: 'Nothing to do: a target that takes NUL bytes stores others in their place, else they are encoded or left out; both are recorded.',
  'eight-bit-header': 'Nothing to do: where the target refuses them the headers are encoded, and recorded.',
  'line-ends':
    'Nothing to do: bare CR and LF become line ends, by the target itself or where it refuses them, and that is recorded.',
  date: 'Nothing to do: where the target refuses the date, that of the message itself is taken, and recorded.',
  keywords: 'The target holds no such keywords: tell the owners, who may sort by them, before the day.',
  renamed: 'Tell the owner the new name, or give another one in the playbook: copy.folders.map.',
  collision:
    'Two folders would have the same name there, so one gets a number. Rename one at the old server, or use copy.folders.map.',
  reserved: 'The target keeps this name for itself and makes no such folder: give another one in the playbook, copy.folders.map.',
  'over-quota':
    'Give it a larger mailbox (its licence, or its quota at the Exchange server), or have the owner delete or archive before the day.',
  'too-many':
    'Split or archive: above 500,000 messages Microsoft does not support moving a mailbox, and Outlook is slow long before.',
  'group-address': 'A Microsoft 365 group has this address: rename the group, or the mailbox cannot be made.',
}
