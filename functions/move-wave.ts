import { app } from '@azure/functions'
import { kicks, onQueue } from '../shared/leaving.ts'
import { work } from '../shared/work.ts'

/** Queue `waves`: where a wave goes on once its mailboxes and domains have. */
app.storageQueue('move-wave', {
  queueName: 'waves',
  connection: 'AzureWebJobsStorage',
  ...kicks,
  handler: onQueue(work),
})
