import { xlsxType } from '../../shared/inventory/workbook.ts'
import { type Chance, oneOf } from '../fakes/chance.ts'

/** What may be sent instead of a good answer, by turns: any bytes, the answer with bytes changed, its beginning, a table of nonsense. */
export function mangled(random: Chance, good: Uint8Array, n: number): { bytes: Uint8Array; type: string } {
  const any = () => Math.floor(random() * 256)
  const broken = good.slice()
  for (let i = 0; i < 1 + n; i++) broken[Math.floor(random() * broken.length)] = any()
  const kinds = [
    () => Uint8Array.from({ length: n * 20 }, any),
    () => broken,
    () => good.slice(0, Math.floor(random() * good.length)),
    () => scrambled(random),
  ]
  const bytes = kinds[n % kinds.length]?.() ?? good
  return { bytes, type: oneOf(random, [xlsxType, 'text/csv', 'application/octet-stream']) }
}

/** A table with known headings and nonsense below. */
function scrambled(random: Chance): Uint8Array {
  const words = [
    'anna@aid.example',
    'oui',
    'non',
    'E1',
    'alias',
    'partagée',
    '',
    '=1+1',
    'x@',
    '"',
    'é',
    '\u202e',
    'bruno@aid.example; anna@aid.example',
  ]
  const lines = Array.from({ length: 20 }, () =>
    Array.from({ length: 6 }, () => `"${oneOf(random, words).replaceAll('"', '""')}"`).join(','),
  )
  return new TextEncoder().encode(['Adresse,Conserver,Type,Alias de,Membres,Nom', ...lines].join('\n'))
}
