import { createReadStream, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { splitLines } from './chain.ts'
import type { WaveReceipt } from './leaves.ts'
import type { FolderLine, MessageLine } from './lines.ts'
import { type Reservoir, reservoir } from './sample.ts'
import { messageIn } from './shape.ts'
import { type ReceiptFault, verifyManifest } from './verify.ts'
import { verifyBelongs, verifyWave } from './verify-wave.ts'

const usage = `usage: releve-verify MANIFEST.jsonl… [--wave RECEIPT.json] [--root HEX]
                     [--source imap://USER@HOST:PORT] [--target imap://USER@HOST:PORT] [--sample N]

Checks sealed receipts. Without more it shows that each manifest is whole in itself; --wave that it is the one
that the wave sealed; --root that the wave's receipt is the one whose root was noted. --source and --target read
the messages again at the servers (never changing them) and compare bytes, flags and dates; --sample N reads N of
each manifest, chosen by chance. The passwords are taken from RELEVE_SOURCE_PASSWORD and RELEVE_TARGET_PASSWORD, or
tokens for XOAUTH2 from RELEVE_SOURCE_TOKEN and RELEVE_TARGET_TOKEN. In a user, {address}, {local} and
{domain} are those of the manifest's mailbox.

Exit code: 0 all is as sealed, 1 something is not, 2 it could not be checked.`

type Env = Readonly<Record<string, string | undefined>>
type Print = (line: string) => void
type Options = {
  files: string[]
  wave: string | undefined
  root: string | undefined
  servers: { source?: string; target?: string }
  sample: number | undefined
}

const noPackages = 'Signing in to a server needs the packages of this program: run npm install --omit=dev in its folder.'

/** Why nothing could be checked: a wrong call, an unreadable file, a server that does not answer. */
class Unable extends Error {}

/** The program behind `releve-verify`: checks, prints what it finds, and resolves with its exit code (0, 1 or 2). */
export async function verifyCommand(args: readonly string[], env: Env, print: Print): Promise<number> {
  try {
    const options = optionsOf(args)
    if (!options) {
      print(usage)
      return 0
    }
    return (await check(options, env, print)) === 0 ? 0 : 1
  } catch (error) {
    const { code, hint } = error as { code?: unknown; hint?: unknown }
    if (!(error instanceof Unable) && typeof code !== 'string') throw error
    const next = code === 'ERR_MODULE_NOT_FOUND' ? noPackages : hint
    print(`releve-verify: ${(error as Error).message}${typeof next === 'string' ? `. ${next}` : ''}`)
    return 2
  }
}

function optionsOf(args: readonly string[]): Options | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      wave: { type: 'string' },
      root: { type: 'string' },
      source: { type: 'string' },
      target: { type: 'string' },
      sample: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const { wave, root, source, target, sample, help } = values
  if (help) return undefined
  if (positionals.length === 0 && wave === undefined) throw new Unable(`no manifest is named\n\n${usage}`)
  if (root !== undefined && wave === undefined) throw new Unable('--root is the root of a wave’s receipt: give that with --wave')
  if (root !== undefined && !/^[0-9a-f]{64}$/i.test(root)) throw new Unable('--root: expected the 64 hex digits of a seal')
  if (sample !== undefined && !/^[1-9]\d{0,8}$/.test(sample)) throw new Unable(`--sample ${sample}: expected a number from 1`)
  if (sample !== undefined && !source && !target) throw new Unable('--sample: name a server to read from, --source or --target')
  const many =
    positionals.length > 1 && [source, target].some(server => server !== undefined && !/\{(address|local)\}/.test(server))
  if (many) throw new Unable('several manifests and one user: write {address} where the mailbox’s address belongs, or check one')
  const servers = { ...(source ? { source } : {}), ...(target ? { target } : {}) }
  return { files: positionals, wave, root, servers, sample: sample === undefined ? undefined : Number(sample) }
}

/** Checks everything and returns how many faults there are. */
async function check(options: Options, env: Env, print: Print): Promise<number> {
  const { files, wave, root } = options
  let faults = 0
  let receipt: WaveReceipt | undefined
  if (wave !== undefined) {
    const found = verifyWave(readFileSync(wave, 'utf8'), root)
    receipt = found.receipt
    for (const { mailbox, message } of found.faults) print(`${wave}: ${mailbox ? `${mailbox}: ` : ''}${message}`)
    faults += found.faults.length
    if (receipt && found.faults.length === 0) print(`${wave}: ${describe(receipt, root !== undefined)}`)
  }
  const seen = new Set<string>()
  for (const file of files) {
    faults += await checkManifest(file, options, receipt, env, print, seen)
  }
  if (receipt && files.length > 0) {
    const without = receipt.mailboxes.map(({ leaf }) => leaf.mailbox).filter(mailbox => !seen.has(mailbox))
    const all = `${receipt.mailboxes.length} mailboxes that it shows`
    const more = without.length > 10 ? ` and ${without.length - 10} more` : ''
    if (without.length > 0)
      print(
        `${wave}: no manifest was given, so nothing was checked, of ${without.length} of the ${all}: ${without.slice(0, 10).join(', ')}${more}`,
      )
  }
  if (files.length > 0 && wave === undefined)
    print('Without --wave and --root nobody can tell a manifest from one that was made anew as a whole.')
  print(faults === 0 ? 'All is as it was sealed.' : `${faults} ${faults === 1 ? 'fault' : 'faults'} found.`)
  return faults
}

async function checkManifest(
  file: string,
  options: Options,
  receipt: WaveReceipt | undefined,
  env: Env,
  print: Print,
  seen: Set<string>,
): Promise<number> {
  const { sample } = options
  const folders = new Map<string, FolderLine>()
  const chosen = sample === undefined ? undefined : reservoir<Read>(sample)
  const verified = await verifyManifest(splitLines(createReadStream(file)), (line, at) => {
    if (line.kind === 'folder') folders.set(line.folder, line)
    else if (line.kind === 'message' && line.sha256 !== null) chosen?.offer({ line, at })
  })
  const { header, end, seal, more, crlf } = verified
  const faults = [...verified.faults]
  if (options.wave !== undefined) {
    const message = receipt ? verifyBelongs(verified, receipt) : 'the wave’s receipt cannot be read'
    if (message) faults.push({ line: 0, message })
  }
  if (header && seen.has(header.mailbox)) faults.push({ line: 1, message: `is a second manifest of ${header.mailbox}` })
  if (header) seen.add(header.mailbox)
  for (const fault of faults) print(`${file}: ${told(fault)}`)
  if (more > 0) print(`${file}: ${more} more`)
  if (header && faults.length === 0) {
    const { mailbox, wave, verdict } = header
    print(`${file}: ${mailbox} in wave ${wave}: ${end?.messages} messages in ${end?.folders} folders, ${verdict}`)
    print(`${file}: seal ${seal}`)
    if (crlf) print(`${file}: its lines end with CR LF, as a transfer made them; what was sealed is the lines without their ends`)
  }
  const reread = header ? await checkServers(file, options, header.mailbox, folders, chosen, env, print) : 0
  return faults.length + more + reread
}

type Read = { line: MessageLine; at: number }

/** Reads the messages again where servers are given; the adapter and what it needs are only loaded then. */
async function checkServers(
  file: string,
  { servers }: Options,
  mailbox: string,
  folders: ReadonlyMap<string, FolderLine>,
  chosen: Reservoir<Read> | undefined,
  env: Env,
  print: Print,
): Promise<number> {
  let faults = 0
  for (const side of ['source', 'target'] as const) {
    const text = servers[side]
    if (text === undefined) continue
    const [{ Rereading }, { readServer }] = await Promise.all([import('./access.ts'), import('./endpoint.ts')])
    const server = readServer(text, mailbox)
    if (typeof server === 'string') throw new Unable(`--${side}: ${server}`)
    const reading = await Rereading.open(side, server, credentialOf(side, env), folders)
    try {
      for await (const { line, at } of chosen ? inOrder(chosen) : messagesOf(file)) await reading.take(line, at)
      await reading.flush()
    } finally {
      await reading.close()
    }
    for (const fault of reading.faults.slice(0, 100)) print(`${file}: ${told(fault)}`)
    if (reading.faults.length > 100) print(`${file}: ${reading.faults.length - 100} more`)
    print(`${file}: ${reading.compared} messages read again at the ${side}, ${server.host}:${server.port}`)
    if (reading.unrecorded > 0)
      print(
        `${file}: ${reading.unrecorded} of them with other bytes than at the source, none recorded: a target that rebuilds mail`,
      )
    faults += reading.faults.length
  }
  return faults
}

function inOrder({ kept }: Reservoir<Read>): Read[] {
  return [...kept].sort((a, b) => a.at - b.at)
}

async function* messagesOf(file: string): AsyncIterable<Read> {
  let at = 0
  for await (const bytes of splitLines(createReadStream(file))) {
    at++
    const line = messageIn(bytes)
    if (line) yield { line, at }
  }
}

function credentialOf(side: 'source' | 'target', env: Env): { pass: string } | { accessToken: string } {
  const name = `RELEVE_${side.toUpperCase()}`
  const [pass, accessToken] = [env[`${name}_PASSWORD`], env[`${name}_TOKEN`]]
  if (accessToken) return { accessToken }
  if (pass) return { pass }
  throw new Unable(`--${side}: set ${name}_PASSWORD (or ${name}_TOKEN) in the environment`)
}

function told({ line, folder, uid, message }: ReceiptFault): string {
  const where = folder === undefined ? '' : ` (${folder}${uid === undefined ? '' : ` UID ${uid}`})`
  return `${line > 0 ? `line ${line}${where}: ` : ''}${message}`
}

function describe({ wave, size, excerpt, root }: WaveReceipt, noted: boolean): string {
  const { leaf } = wave
  const what = excerpt ? `an excerpt of wave ${leaf.wave}` : `wave ${leaf.wave}`
  const rooted = noted ? 'the root that was noted' : 'compare it with the one that was noted, or give that as --root'
  return `${what}: ${size - 1} mailboxes, ${leaf.verdict}, root ${root} (${rooted})`
}
