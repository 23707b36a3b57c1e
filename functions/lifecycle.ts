import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'

/** The end of the process: idle sessions are closed politely. */
app.hook.appTerminate(async () => {
  const releve = await theApp().catch(() => undefined)
  await releve?.close()
})
