import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'

const cache = resolve(import.meta.dirname, '../../../.releve/servers')

/**
 * Debian packages with all that they need, unpacked and not installed, since Debian installs one IMAP server at most. Fetched by this
 * system’s own apt from where it fetches everything, once; kept under .releve. Returns the folder, which nobody changes.
 */
export function unpacked(name: string, packages: readonly string[]): string {
  if (process.getuid?.() !== 0)
    throw new Error(`${name} runs in a chroot, which only root may make: run these tests as root (a container is enough).`)
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const key = createHash('sha256')
    .update(JSON.stringify([packages, process.arch, release]))
    .digest('hex')
    .slice(0, 12)
  const root = join(cache, `${name}-${key}`)
  if (existsSync(root)) return root
  mkdirSync(cache, { recursive: true })
  const making = mkdtempSync(join(cache, `.${name}-`))
  try {
    const files = fetched(making, name, packages)
    const tree = join(making, 'root')
    for (const part of ['bin', 'sbin', 'lib', 'lib64']) {
      mkdirSync(join(tree, 'usr', part), { recursive: true })
      symlinkSync(`usr/${part}`, join(tree, part))
    }
    for (const file of files) execFileSync('dpkg-deb', ['-x', file, tree])
    // Who was quicker has made the same.
    if (!existsSync(root)) renameSync(tree, root)
    return root
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

/** An instance of an unpacked server, in which files may be replaced but not written to: they are links to those that are kept. */
export function instanceOf(root: string): string {
  const dir = mkdtempSync(join(cache, 'run-'))
  execFileSync('cp', ['-al', `${root}/.`, dir])
  for (const folder of ['dev', 'tmp', 'root', 'home', 'run', 'var/lib', 'var/spool'])
    mkdirSync(join(dir, folder), { recursive: true })
  execFileSync('chmod', ['755', dir])
  for (const [device, minor] of Object.entries({ null: '3', random: '8', urandom: '9' }))
    execFileSync('mknod', ['-m', '666', join(dir, 'dev', device), 'c', '1', minor])
  return dir
}

/** Writes a file of an instance, in place of whatever link is there. */
export function put(dir: string, path: string, text: string, mode = 0o644): void {
  const file = join(dir, path)
  rmSync(file, { force: true })
  writeFileSync(file, text, { mode })
}

/** The package files, as apt chooses them for a system on which nothing is installed. */
function fetched(dir: string, name: string, packages: readonly string[]): string[] {
  const archives = join(dir, 'archives')
  mkdirSync(join(archives, 'partial'), { recursive: true })
  const status = join(dir, 'status')
  writeFileSync(status, '')
  const options = [
    `Dir::State::status=${status}`,
    `Dir::Cache::archives=${archives}`,
    `Dir::Cache::pkgcache=`,
    'APT::Sandbox::User=root',
  ]
  const get = (...args: string[]) =>
    spawnSync('apt-get', [...options.flatMap(option => ['-o', option]), '-qq', '-y', ...args], { encoding: 'utf8' })
  const download = () => get('--no-install-recommends', '--download-only', 'install', ...packages)
  let done = download()
  if (done.error) throw new Error(`${name} is unpacked from Debian packages, and there is no apt-get here: use Debian or Ubuntu.`)
  if (done.status !== 0) {
    spawnSync('apt-get', ['-qq', 'update'], { stdio: 'ignore' })
    done = download()
  }
  if (done.status !== 0) throw new Error(`apt-get could not fetch ${packages.join(' ')}: ${done.stderr.trim().slice(-600)}`)
  return readdirSync(archives).flatMap(file => (file.endsWith('.deb') ? [join(archives, file)] : []))
}
