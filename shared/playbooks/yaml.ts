import { type Document, isAlias, isNode, LineCounter, parseDocument, visit, type YAMLParseError } from 'yaml'
import { Refusal } from '../errors.ts'

/** A table row keeps a text of 32 Ki characters at most (64 KiB of UTF-16). */
const mostCharacters = 30_000

/** The parser's own messages quote the source, which may hold a secret: these do not. */
const words: Partial<Record<YAMLParseError['code'], string>> = {
  ALIAS_PROPS: 'an alias (*name) cannot carry a tag or an anchor',
  BAD_ALIAS: 'this alias (*name) cannot be used; a text that begins with * stands in quotes',
  BAD_COLLECTION_TYPE: 'this tag does not fit the list or mapping under it',
  BAD_DIRECTIVE: 'this directive (%) is not known',
  BAD_DQ_ESCAPE: 'this escape (\\) is not known in double quotes; single quotes take it as it is',
  BAD_INDENT: 'this line is not indented as those around it',
  BAD_PROP_ORDER: 'anchor and tag stand before the value',
  BAD_SCALAR_START: 'a text cannot begin with this character: put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping cannot begin here; a text with a colon in it stands in quotes',
  BLOCK_IN_FLOW: 'inside { } and [ ] lists and mappings are written with { } and [ ] too',
  DUPLICATE_KEY: 'this key stands here twice',
  KEY_OVER_1024_CHARS: 'this key is too long',
  MISSING_CHAR: 'a character is missing here: a comma, a quote, a bracket, or a space after a colon',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line; perhaps a colon is missing, or a quote is not closed',
  MULTIPLE_DOCS: 'one playbook at a time: a second document begins here',
  TAB_AS_INDENT: 'lines are indented with spaces, not with tabs',
  TAG_RESOLVE_FAILED: 'this tag (!) is not known',
  UNEXPECTED_TOKEN: 'this cannot stand here',
}

/** The value of a YAML 1.2 text, of which JSON is a part. Throws a Refusal that names each place as line:column. */
export function readYaml(text: string): unknown {
  if (text.trim() === '') throw refuse('(document)', 'is empty: expected a playbook in YAML or JSON')
  if (text.length > mostCharacters)
    throw refuse('(document)', `expected at most ${mostCharacters} characters (got ${text.length})`)
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, { prettyErrors: false, lineCounter: lines, logLevel: 'error', stringKeys: true })
    const found = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
      at: pos[0],
      why: words[code] ?? 'this is not YAML',
    }))
    const faults = [...found, ...openAliases(document)].map(({ at, why }) => {
      const { line, col } = lines.linePos(at)
      return { path: `${line}:${col}`, message: `line ${line}, column ${col}: ${why}` }
    })
    if (faults.length > 0)
      throw new Refusal(400, 'invalid-playbook', 'the playbook is not well-formed YAML or JSON; nothing was stored', faults)
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw refuse('(document)', 'cannot be read: it nests too deep or repeats itself through too many aliases')
  }
}

/** Aliases whose anchor does not stand before them. */
function openAliases(document: Document.Parsed): { at: number; why: string }[] {
  const anchors = new Set<string>()
  const open: { at: number; why: string }[] = []
  visit(document, (_, node) => {
    if (!isNode(node)) return
    if (isAlias(node)) {
      if (!anchors.has(node.source)) open.push({ at: node.range?.[0] ?? 0, why: words.BAD_ALIAS ?? '' })
    } else if (node.anchor !== undefined) anchors.add(node.anchor)
  })
  return open
}

function refuse(path: string, message: string): Refusal {
  return new Refusal(400, 'invalid-playbook', 'the playbook cannot be read; nothing was stored', [{ path, message }])
}
