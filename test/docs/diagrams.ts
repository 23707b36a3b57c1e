import { readFile, writeFile } from 'node:fs/promises'
import { domain } from '../../shared/life/domain.ts'
import { folder } from '../../shared/life/folder.ts'
import { ledBack } from '../../shared/life/led-back.ts'
import { mailbox } from '../../shared/life/mailbox.ts'
import { notice } from '../../shared/life/notice.ts'
import { returns } from '../../shared/life/returns.ts'
import { scan } from '../../shared/life/scan.ts'
import { step } from '../../shared/life/step.ts'
import { wave } from '../../shared/life/wave.ts'
import { draw } from '../../shared/machine.ts'

const drawings: Readonly<Record<string, string>> = {
  wave: draw(wave),
  domain: draw(domain),
  mailbox: draw(mailbox),
  folder: draw(folder),
  notice: draw(notice),
  step: draw(step),
  scan: draw(scan),
  returns: draw(returns),
  ledBack: draw(ledBack),
}

/** A page with each drawing between `<!-- machine NAME -->` and `<!-- end -->` as the machines now are. */
export function redraw(page: string): string {
  return page.replaceAll(/<!-- machine (\w+) -->[\s\S]*?<!-- end -->/g, (whole, name: string) => {
    const drawing = drawings[name]
    return drawing === undefined ? whole : `<!-- machine ${name} -->\n\`\`\`mermaid\n${drawing}\n\`\`\`\n<!-- end -->`
  })
}

export const page = new URL('../../docs/design.md', import.meta.url)

if (import.meta.main) await writeFile(page, redraw(await readFile(page, 'utf8')))
