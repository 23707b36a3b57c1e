import { app } from '@azure/functions'
import { kicks, onQueue } from '../shared/leaving.ts'
import { work } from '../shared/work.ts'

/** Queue `notices`: one notice to one reader. */
app.storageQueue('send-notice', {
  queueName: 'notices',
  connection: 'AzureWebJobsStorage',
  ...kicks,
  handler: onQueue(work),
})
