import { app } from '@azure/functions'
import { kicks, onQueue } from '../shared/leaving.ts'
import { work } from '../shared/work.ts'

/** Queue `provisioning`: make one target mailbox exist. */
app.storageQueue('provision-mailbox', {
  queueName: 'provisioning',
  connection: 'AzureWebJobsStorage',
  ...kicks,
  handler: onQueue(work),
})
