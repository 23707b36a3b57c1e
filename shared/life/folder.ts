import type { Machine } from '../machine.ts'
import type { FolderFact } from './facts.ts'

/**
 * The life of a folder within the passes over its mailbox. The mailbox's worker moves it in place; it starts no work of its own.
 * `gone`: the source no longer lists it; what was copied stays, unless it came to another.
 */
const table = {
  listed: { on: { 'pass-begun': 'copying', 'folder-current': 'current', vanished: 'gone' } },
  copying: { on: { 'pass-begun': 'copying', 'folder-current': 'current', vanished: 'gone' } },
  current: { on: { 'pass-begun': 'copying', 'folder-current': 'current', vanished: 'gone' } },
  gone: { on: { 'pass-begun': 'copying', 'folder-current': 'current' } },
} as const satisfies Machine<string, FolderFact, never>

export type FolderState = keyof typeof table
export const folder: Machine<FolderState, FolderFact, never> = table
