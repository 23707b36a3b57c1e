import { app } from '@azure/functions'
import { kicks, onQueue } from '../shared/leaving.ts'
import { work } from '../shared/work.ts'

/** Queue `copying`: copy one mailbox until it is current or the time is spent. */
app.storageQueue('copy-mailbox', {
  queueName: 'copying',
  connection: 'AzureWebJobsStorage',
  ...kicks,
  handler: onQueue(work),
})
