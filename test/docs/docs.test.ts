import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { queueNames } from '../../shared/life/work.ts'
import { page, redraw } from './diagrams.ts'

const root = new URL('../../', import.meta.url)

test('the drawings in docs/design.md are those of the machines; `npm run docs` draws them anew', async () => {
  const text = await readFile(page, 'utf8')
  assert.equal(redraw(text), text)
  for (const name of ['wave', 'domain', 'mailbox', 'folder', 'notice', 'step'])
    assert.match(text, new RegExp(`<!-- machine ${name} -->\\n\`\`\`mermaid`))
})

test('every dependency has its reason in docs/dependencies.md, and nothing else stands there', async () => {
  const { dependencies, devDependencies } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'))
  const text = await readFile(new URL('docs/dependencies.md', root), 'utf8')
  const rows = text.split('\n').filter(line => line.startsWith('| `'))
  const named = rows.flatMap(row => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''))
  assert.deepEqual(named.sort(), Object.keys({ ...dependencies, ...devDependencies }).sort())
})

test('every link between the pages leads somewhere', async () => {
  const pages = [
    'README.md',
    ...(await readdir(new URL('docs/', root))).filter(name => name.endsWith('.md')).map(name => `docs/${name}`),
  ]
  for (const name of pages) {
    const at = new URL(name, root)
    const text = await readFile(at, 'utf8')
    for (const [, link = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (!/^https?:/.test(link)) assert.ok(existsSync(new URL(link, at)), `${name} links to ${link}`)
    }
  }
})

test('docs/design.md names every queue, docs/deploying.md every page that is opened without a key', async () => {
  const design = await readFile(new URL('docs/design.md', root), 'utf8')
  const [, named = ''] = /^Queues: (.*?)\./m.exec(design) ?? []
  assert.deepEqual(
    [...named.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    [...queueNames],
  )
  const deploying = await readFile(new URL('docs/deploying.md', root), 'utf8')
  const sources = await readdir(new URL('functions/', root))
  const texts = await Promise.all(sources.map(name => readFile(new URL(`functions/${name}`, root), 'utf8')))
  const open = texts.flatMap(text =>
    [...text.matchAll(/route: '([^'/]+)[^']*',[^}]*?authLevel: '(\w+)'/g)].filter(([, , level]) => level === 'anonymous'),
  )
  assert.ok(open.length >= 8)
  for (const [, route] of open) assert.ok(deploying.includes(`/api/${route}`), `docs/deploying.md does not name /api/${route}`)
})
