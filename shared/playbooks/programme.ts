import { z } from 'zod'

/** What holds for all waves of a playbook together. */
export const programme = z.strictObject({
  endsOn: z.iso
    .date({ error: 'expected a day as YYYY-MM-DD' })
    .exactOptional()
    .describe('the day by the end of which every mailbox is to be copied; forecasts are compared with it'),
})
