import { writeFile } from 'node:fs/promises'
import { playbookJsonSchema } from '../../shared/playbooks/json-schema.ts'

/** The file that editors complete playbooks by. */
export const schemaFile = new URL('../../shared/playbooks/playbook.schema.json', import.meta.url)

/** The schema as it stands in that file. */
export function schemaText(): string {
  return `${JSON.stringify(playbookJsonSchema(), null, 1)}\n`
}

if (import.meta.main) await writeFile(schemaFile, schemaText())
