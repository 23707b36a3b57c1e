/** One load of the benchmark: so many mailboxes of so many messages, copied at once. `roundTripMs`: both servers stand this far away. */
export type Workload = {
  name: string
  title: string
  mailboxes: number
  messages: number
  size: 'tiny' | 'small' | 'mixed'
  roundTripMs: number
}

const load = (name: string, mailboxes: number, messages: number, size: Workload['size'], roundTripMs = 0): Workload => ({
  name,
  title: [
    mailboxes === 1 ? 'one mailbox' : `${mailboxes} mailboxes at once`,
    `${messages.toLocaleString('en')} ${size} messages${mailboxes === 1 ? '' : ' each'}`,
    roundTripMs === 0 ? 'loopback' : `${roundTripMs} ms round trip`,
  ].join(', '),
  mailboxes,
  messages,
  size,
  roundTripMs,
})

/** The loads of the published table. */
export const full: readonly Workload[] = [
  load('mixed', 1, 4000, 'mixed'),
  load('small', 1, 10_000, 'small'),
  load('far', 1, 1000, 'mixed', 40),
  load('eight', 8, 1000, 'mixed'),
  load('hundred', 1, 100, 'mixed'),
]

/** The same shapes in a minute or two: enough to see a mistake, too little to publish. */
export const quick: readonly Workload[] = [
  load('mixed', 1, 800, 'mixed'),
  load('small', 1, 2500, 'small'),
  load('far', 1, 300, 'mixed', 40),
  load('eight', 8, 150, 'mixed'),
  load('hundred', 1, 100, 'mixed'),
]

/** One folder, for what it takes of memory; only where it is named, since it takes some ten minutes. */
export const huge = load('huge', 1, 500_000, 'tiny')
