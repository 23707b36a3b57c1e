/** What may go wrong around all waves of a round: with the worker, the wires, the storage, the clock. */
export const worldFaults = [
  'kill',
  'zombie',
  'cut-source',
  'cut-target',
  'late-target',
  'storage-busy',
  'late-storage',
  'clock',
] as const

/** What may happen to one wave’s mailboxes meanwhile: mail that arrives, changes or goes at the source, folders that are numbered or made anew. */
export const waveFaults = ['arrive', 'expunge', 'flags', 'move', 'renumber-source', 'renew-target'] as const

export type WorldFault = (typeof worldFaults)[number]
export type WaveFault = (typeof waveFaults)[number]
export type Fault = WorldFault | WaveFault

/** How often each fault struck. */
export type Struck = Record<Fault, number>

export const none = (): Struck => Object.fromEntries([...worldFaults, ...waveFaults].map(fault => [fault, 0])) as Struck
