import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { declarations } from './bicep/file.ts'
import { bodyOf, property, textOf, within } from './bicep/nodes.ts'

/** `§` stands for the dollar sign, which a text of this language would hide its braces behind. */
const read = (source: string) => declarations(source.replaceAll('§', '$'))
const only = (source: string) => {
  const [first, ...more] = read(source)
  assert.ok(first && more.length === 0)
  return first
}
const value = (source: string) => {
  const found = only(`var it = ${source}`)
  assert.ok(found.kind === 'var')
  return found.value
}

describe('the reader of Bicep', () => {
  test('a resource: type, version, condition, nested objects, comments', () => {
    const found = only(`
      // a comment with 'quotes' and {braces}
      @description('what it is')
      resource it 'A.B/c@2024-01-01' = if (wanted && !empty(list)) { /* here
        too */
        name: 'a' // and here
        properties: { one: 1, two: { three: true } }
      }`)
    assert.ok(found.kind === 'resource')
    assert.deepEqual([found.type, found.version, found.existing, found.value.kind], ['A.B/c', '2024-01-01', false, 'if'])
    const body = bodyOf(found.value)
    assert.equal(textOf(property(body, 'name')), 'a')
    assert.equal(property(property(property(body, 'properties'), 'two'), 'three')?.kind, 'literal')
  })

  test('a loop over resources, with an index', () => {
    const found = only("resource it 'A.B/c@2024-01-01' = [for (each, index) in list: {\n name: '§{each}-§{index}'\n}]")
    assert.ok(found.kind === 'resource' && found.value.kind === 'for')
    assert.deepEqual(found.value.names, ['each', 'index'])
    assert.deepEqual(
      [...within(found.value)].flatMap(node => (node.kind === 'name' ? [node.name] : [])),
      ['list', 'each', 'index'],
    )
  })

  test('texts: escapes, interpolation with texts and braces in it, several lines', () => {
    assert.equal(textOf(value("'it\\'s \\§{not} this'")), "it's §{not} this".replace('§', '$'))
    const text = value("'a§{union({ b: '}' }, c).d}e'")
    assert.ok(text.kind === 'text')
    assert.deepEqual([text.parts.length, text.parts[0], text.parts[2]], [3, 'a', 'e'])
    assert.equal(textOf(value("'''\none\n  'two' §{three}\n'''")), "one\n  'two' §{three}\n".replace('§', '$'))
  })

  test('arrays by line and by comma, choices over several lines, calls, members, indexes, operators', () => {
    const list = value("[\n  'a'\n  'b', 'c'\n]")
    assert.ok(list.kind === 'array')
    assert.deepEqual(list.items.map(textOf), ['a', 'b', 'c'])
    assert.equal(value('a > 1 && b\n  ? c\n  : d').kind, 'choice')
    assert.equal(value('a!.b.?c[0]').kind, 'index')
    assert.equal(value('f(a, g(b))').kind, 'call')
    assert.equal(value('-1 + a').kind, 'operation')
  })

  test('lines are counted over comments and texts of several lines', () => {
    const found = read("/* one\ntwo */\nvar a = '''\nx\n'''\nvar b = 1")
    assert.deepEqual(
      found.map(each => each.line),
      [3, 6],
    )
  })
})

describe('the reader refuses', () => {
  for (const [what, source, fault] of [
    ['a text that is not closed', "var a = 'b", /line 1: a text is not closed/],
    ['a brace that is not closed', 'var a = {\n  b: 1\n', /the file ends too early/],
    ['a property without a colon', 'var a = {\n  b 1\n}', /line 2: expected :, got 1/],
    ['a property given twice', 'var a = {\n  b: 1\n  b: 2\n}', /line 3: b is given twice/],
    ['two properties on one line without a comma', 'var a = { b: 1 c: 2 }', /expected the end of the line/],
    ['two values on one line without a comma', "var a = ['b' 'c']", /expected a comma/],
    ['a resource without a version', "resource a 'B.C/d' = {}", /expected 'type@version'/],
    ['an unknown declaration', 'resourc a = 1', /resourc begins no declaration/],
    ['a name declared twice', 'var a = 1\nvar a = 2', /line 2: a is declared twice/],
    ['double quotes', 'var a = "b"', /has no meaning in Bicep/],
  ] as const) {
    test(what, () => assert.throws(() => read(source), fault))
  }
})
