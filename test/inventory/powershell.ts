import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from '@vscode/tree-sitter-wasm'

const { Language, Parser } = ts
await Parser.init()
const grammar = join(dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm')), 'tree-sitter-powershell.wasm')
const parser = new Parser().setLanguage(await Language.load(grammar))

/** Where a PowerShell text cannot be parsed, as `line: text`; empty for a good one. */
export function parseFaults(script: string): string[] {
  const faults: string[] = []
  const look = (node: ts.Node): void => {
    if (node.isError || node.isMissing) faults.push(`${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`)
    else for (const child of node.children) if (child?.hasError || child?.isMissing) look(child)
  }
  look(parser.parse(script.replace(/^\uFEFF/, ''))?.rootNode ?? fail())
  return faults
}

function fail(): never {
  throw new Error('the parser gave no tree')
}
