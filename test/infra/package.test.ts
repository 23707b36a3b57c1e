import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root, textAt } from './files.ts'

const run = promisify(execFile)
const scripts = (JSON.parse(textAt('package.json')) as { scripts: Record<string, string> }).scripts

/** Whether .funcignore leaves a path out: the last line that matches decides, as in a .gitignore. */
function leftOut(file: string): boolean {
  const lines = textAt('.funcignore')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
  let out = false
  for (const line of lines) {
    const pattern = line.replace(/^!/, '').replaceAll('.', '\\.').replaceAll('*', '[^/]*')
    const anchored = pattern.includes('/') ? `^${pattern}` : `(^|/)${pattern}`
    if (new RegExp(`${anchored}(/|$)`).test(file)) out = !line.startsWith('!')
  }
  return out
}

async function deployed(): Promise<string[]> {
  const top = (await readdir(root)).filter(name => !leftOut(name))
  const inner = (await readdir(path.join(root, 'test'))).map(name => `test/${name}`)
  return [...top.filter(name => name !== 'test'), ...inner.filter(name => !leftOut(name))]
}

test('what is sent to Azure builds the functions by itself, and every one of them loads', async () => {
  const wanted = (await readdir(path.join(root, 'functions'))).map(file => file.replace(/\.ts$/, '.js'))
  assert.ok(wanted.length > 0)
  const folder = await mkdtemp(path.join(tmpdir(), 'releve-package-'))
  try {
    for (const name of await deployed()) await cp(path.join(root, name), path.join(folder, name), { recursive: true })
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
    // Types are another check's business; here every import must find its file.
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc')
    await run(process.execPath, [compiler, '-p', 'tsconfig.json', '--noCheck'], { cwd: folder })
    const load = `for (const file of ${JSON.stringify(wanted)}) await import('./dist/functions/' + file)`
    await run(process.execPath, ['--input-type=module', '--eval', load], { cwd: folder })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('`npm pack` makes what the package names as its program before it packs', () => {
  const { bin } = JSON.parse(textAt('package.json')) as { bin: Record<string, string> }
  assert.deepEqual(Object.values(bin), ['dist/shared/receipt/cli.js'])
  assert.match(scripts.prepack ?? '', /\brun (--silent )?build$/)
})

test('every script that the build calls is sent too', async () => {
  const called = [...(scripts.build ?? '').matchAll(/\bsh (\S+)/g)].map(([, file]) => file ?? '')
  assert.ok(called.length > 0)
  for (const file of called) assert.ok(!leftOut(file), `${file} is left out by .funcignore`)
})

test('nothing is sent that belongs to this machine or to tests', async () => {
  const names = await deployed()
  for (const name of ['local.settings.json', 'local.settings.example.json', '.releve', '.git', 'node_modules', 'infra', 'docs'])
    assert.ok(!names.includes(name), name)
  assert.deepEqual(
    names.filter(name => name.startsWith('test/')),
    ['test/setup.sh'],
  )
})

test('what the host needs is sent', async () => {
  const names = await deployed()
  for (const name of ['host.json', 'package.json', 'package-lock.json', 'tsconfig.json', 'functions', 'shared'])
    assert.ok(names.includes(name), name)
})

test('the package made here holds what the host needs', () => {
  const copied = /^cp -R (.+) \.releve\/package\/$/m.exec(textAt('infra/package.sh'))?.[1]?.split(' ')
  assert.deepEqual(copied, ['dist', 'host.json', 'package.json', 'package-lock.json', '.npmrc'])
})
