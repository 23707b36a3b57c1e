import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, realpathSync, rmdirSync, rmSync, statSync, symlinkSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

/** Where a mail server keeps everything it has, and which account its mail belongs to. */
export type Place = { root: string; owner: { uid: number; gid: number; user: string; group: string } }

/** A unix socket's path may have 108 bytes, and the longest of Dovecot's own names below its directory has about 40. */
const longestRoot = 64

/**
 * Makes `dir` fit for a server: it exists, and its mail account may reach it. Started as root, mail belongs to `nobody`, since Dovecot refuses
 * to serve mail as root; a directory that `nobody` cannot reach (or a path too long for a socket) becomes a link to one under the temporary folder,
 * the same one every time.
 */
export function mailPlace(dir: string): Place {
  const owner = mailOwner()
  const asked = resolve(dir)
  mkdirSync(dirname(asked), { recursive: true })
  const wanted = join(realpathSync(dirname(asked)), basename(asked))
  const root = fits(wanted, owner.uid) ? wanted : elsewhere(wanted)
  mkdirSync(root, { recursive: true, mode: 0o755 })
  if (statSync(root).uid !== process.getuid?.())
    throw new Error(`${root} belongs to another account. Remove it, or choose another directory.`)
  chmodSync(root, 0o755)
  if (root !== wanted) link(root, wanted)
  return { root, owner }
}

/** The home directory of one mailbox, by its address. */
export const homeOf = (place: Place, user: string): string => join(place.root, 'homes', user.toLowerCase())

/** The Maildir of one mailbox on an `old` server, by its address. */
export const maildirOf = (place: Place, user: string): string => join(homeOf(place, user), 'Maildir')

/** Removes everything a server had, wherever `mailPlace` put it. */
export function clearPlace(dir: string, place: Place): void {
  rmSync(place.root, { recursive: true, force: true })
  rmSync(dir, { recursive: true, force: true })
}

function mailOwner(): Place['owner'] {
  const id = (...args: string[]) => execFileSync('id', args, { encoding: 'utf8' }).trim()
  const user = process.getuid?.() === 0 ? 'nobody' : id('-un')
  return { uid: Number(id('-u', user)), gid: Number(id('-g', user)), user, group: id('-gn', user) }
}

/** True where `uid` can reach `dir`; parents of ours under the temporary folder are opened for passing through. */
function fits(dir: string, uid: number): boolean {
  if (dir.length > longestRoot) return false
  if (process.getuid?.() !== 0) return true
  const temporary = realpathSync(tmpdir())
  for (let parent = dirname(dir); parent !== dirname(parent); parent = dirname(parent)) {
    const { mode, uid: parentOwner } = statSync(parent)
    if (mode & 0o001 || parentOwner === uid) continue
    if (!parent.startsWith(`${temporary}/`)) return false
    chmodSync(parent, (mode & 0o7777) | 0o011)
  }
  return true
}

const elsewhere = (dir: string) =>
  join(realpathSync(tmpdir()), `releve-mail-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`)

/** Leaves a link where the server was wanted; a directory with something in it is not removed for that (ENOTEMPTY). */
function link(root: string, wanted: string): void {
  const there = lstatSync(wanted, { throwIfNoEntry: false })
  if (there?.isSymbolicLink()) unlinkSync(wanted)
  else if (there !== undefined) rmdirSync(wanted)
  symlinkSync(root, wanted)
}
