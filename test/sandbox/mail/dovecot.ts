import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type DovecotShape, dovecotConfig, masterFile, passwdLine, usersFile } from './dovecot-config.ts'
import { mailPlace, type Place } from './place.ts'

/** A shape, and where it runs. Ports that are not given are free ones. Starting again in the same `dir` finds the mail that was there. */
export type DovecotOptions = DovecotShape & { dir: string; port?: number; lmtpPort?: number }

/** A running Dovecot. */
export type Dovecot = {
  host: string
  port: number
  lmtpPort: number
  pid: number
  place: Place
  master: DovecotShape['master']
  /** Adds mailboxes to a listed set, or gives them another password; resolves once the server lets them in (about a second). */
  addUsers(users: readonly string[], password?: string): Promise<void>
  /** Takes mailboxes out of a listed set; their mail stays. */
  removeUsers(users: readonly string[]): Promise<void>
  /** Ends it as its service manager would; idempotent. */
  stop(): Promise<void>
  /** Ends every one of its processes at once, as a power cut would. */
  kill9(): Promise<void>
}

/** Starts a real Dovecot as a child of this process, with which it dies, and resolves when it greets. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const place = mailPlace(options.dir)
  mkdirSync(join(place.root, 'homes'), { recursive: true })
  await own(join(place.root, 'homes'), place)
  writeSecret(masterFile(place), passwdLine(options.master.user, options.master.password))
  const roster = startRoster(place, options)
  await endPredecessor(place)
  for (let attempt = 1; ; attempt += 1) {
    const [freePort, freeLmtp] = await freePorts()
    const ports = { imap: options.port ?? freePort, lmtp: options.lmtpPort ?? freeLmtp }
    const config = join(place.root, 'dovecot.conf')
    writeSecret(config, dovecotConfig(place, options, ports))
    const child = spawnWithParent(config, place)
    const problem = await greeted(child, ports.imap)
    if (problem === undefined) return running(child, place, ports, options, roster)
    await end(child, 'SIGKILL')
    const log = readLog(place)
    if (attempt === 3 || !/Address already in use/.test(log))
      throw new Error(`Dovecot did not start in ${place.root}: ${problem}. Its log ends: ${log.slice(-600)}`)
  }
}

function running(
  child: ChildProcess,
  place: Place,
  ports: { imap: number; lmtp: number },
  options: DovecotOptions,
  roster: Map<string, string> | undefined,
): Dovecot {
  const change = (edit: (roster: Map<string, string>) => void) => {
    if (roster === undefined) throw new Error('This Dovecot takes any user: start it with a list of users to change it.')
    edit(roster)
    writeRoster(place, roster)
  }
  const accepted = (user: string, password: string) => signsIn(ports.imap, user, password)
  return {
    host: '127.0.0.1',
    port: ports.imap,
    lmtpPort: ports.lmtp,
    pid: child.pid ?? 0,
    place,
    master: options.master,
    async addUsers(users, password = options.password) {
      change(roster => users.forEach(user => void roster.set(user.toLowerCase(), password)))
      const last = users.at(-1)
      // Dovecot looks at the file's time at most once a second.
      for (let tries = 0; last !== undefined && !(await accepted(last, password)); tries += 1) {
        if (tries > 100) throw new Error(`Dovecot does not let ${last} in. Look into ${place.root}/dovecot.log.`)
        await delay(50)
      }
    },
    async removeUsers(users) {
      const last = users.at(-1)?.toLowerCase()
      const password = last === undefined ? undefined : roster?.get(last)
      change(roster => users.forEach(user => void roster.delete(user.toLowerCase())))
      for (let tries = 0; last !== undefined && password !== undefined && (await accepted(last, password)); tries += 1) {
        if (tries > 100) throw new Error(`Dovecot still lets ${last} in. Look into ${place.root}/dovecot.log.`)
        await delay(50)
      }
    },
    stop: () => end(child, 'SIGTERM'),
    kill9: () => end(child, 'SIGKILL'),
  }
}

/** The kernel ends the child with its parent; its own process group lets one signal reach every process it has started. */
function spawnWithParent(config: string, place: Place): ChildProcess {
  const dovecot = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find(path => existsSync(path))
  if (dovecot === undefined)
    throw new Error('There is no Dovecot here: install the Debian packages dovecot-core, dovecot-imapd and dovecot-lmtpd.')
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', dovecot, '-F', '-c', config], {
    cwd: place.root,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.stderr?.on('data', chunk => writeFileSync(join(place.root, 'dovecot.log'), chunk, { flag: 'a' }))
  child.on('error', () => undefined)
  return child
}

/** A server whose parent was killed needs a moment to end; two in one directory would share their mail's locks. */
async function endPredecessor(place: Place): Promise<void> {
  const file = join(place.root, 'run', 'master.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8'))
  const runs = () => existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(place.root)
  for (let tries = 0; pid > 1 && runs(); tries += 1) {
    if (tries === 60) process.kill(-pid, 'SIGKILL')
    await delay(50)
  }
  // Its number may stay in use until somebody notices that it has ended, and the next one would take that for a server.
  rmSync(file, { force: true })
}

async function greeted(child: ChildProcess, port: number): Promise<string | undefined> {
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) return `it ended with ${child.exitCode ?? child.signalCode}`
    if (child.pid === undefined) return 'setpriv (Debian package util-linux) could not be run'
    if (await converse(port, [])) return undefined
    await delay(20)
  }
  return 'it did not greet within 15 s'
}

/** True if the server takes this name and password now. */
const signsIn = (port: number, user: string, password: string) =>
  converse(port, [`a AUTHENTICATE PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}\r\n`])

/** Says each line after an OK to the one before; true if the greeting and every line were answered with OK. */
function converse(port: number, lines: string[]): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const left = [...lines]
    socket.setTimeout(5000, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(false))
    socket.on('data', chunk => {
      if (!/^(\*|a) OK/m.test(chunk.toString('latin1'))) return void socket.destroy()
      const line = left.shift()
      if (line !== undefined) return void socket.write(line)
      resolve(true)
      socket.destroy()
    })
  })
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.pid === undefined) return
  const gone = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit')
  if (gone !== undefined && signal === 'SIGTERM') {
    child.kill('SIGTERM')
    await Promise.race([gone, delay(5000, undefined, { ref: false })])
  }
  // What is left of the group: all of it after kill9, sessions that did not end in time after stop. Nobody answers any more once it is empty.
  for (const until = Date.now() + 2_000; signalled(child.pid) && Date.now() < until; ) await delay(10)
  await gone
}

/** False where nothing of the group runs any more. Who has ended stays in it until a parent that may be slow has noticed. */
function signalled(group: number): boolean {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    return false
  }
  return readdirSync('/proc').some(pid => {
    const stat = /^\d+$/.test(pid) ? statOf(pid) : ''
    const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(itsGroup) === group && state !== 'Z' && state !== 'X'
  })
}

/** What the kernel says of a process, which may end meanwhile. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return ''
  }
}

function startRoster(place: Place, options: DovecotShape): Map<string, string> | undefined {
  if (options.users === 'any') return undefined
  const roster = new Map(options.users.map(user => [user.toLowerCase(), options.passwords?.[user] ?? options.password]))
  writeRoster(place, roster)
  return roster
}

/** Replaced as a whole, so that Dovecot never reads half a list. */
function writeRoster(place: Place, roster: Map<string, string>): void {
  const file = usersFile(place)
  writeSecret(`${file}.new`, [...roster].map(([user, password]) => passwdLine(user, password)).join(''))
  renameSync(`${file}.new`, file)
}

/** Dovecot's authentication process runs under an account of its own, so the directory guards nothing: these are a sandbox's passwords. */
const writeSecret = (file: string, text: string) => writeFileSync(file, text, { mode: 0o644 })

async function own(path: string, place: Place): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { chownSync } = await import('node:fs')
  chownSync(path, place.owner.uid, place.owner.gid)
}

function readLog(place: Place): string {
  const file = join(place.root, 'dovecot.log')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** Two different free ports: held at the same time, then let go. */
async function freePorts(): Promise<[number, number]> {
  const listeners = [createServer(), createServer()]
  const ports: number[] = []
  for (const listener of listeners) {
    listener.listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const address = listener.address()
    ports.push(typeof address === 'object' && address !== null ? address.port : 0)
  }
  for (const listener of listeners) await new Promise(resolve => listener.close(resolve))
  return [ports[0] ?? 0, ports[1] ?? 0]
}
