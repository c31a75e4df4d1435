/** @file Starts the page: listens to main, asks it for its state, joins the stores to both, and shows the app. */
import './zod-without-eval'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { ask } from '../bridge/bridge'
import { listenToWindow } from '../bridge/window-events'
import '../styles/fonts.css'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/type.css'
import '../styles/overlays.css'
import App from './app.vue'
import { connectStores } from './connect-stores'
import FailedStart from './failed-start.vue'

const events = listenToWindow()
try {
  const state = await ask('windowState', {})
  const app = createApp(App)
  app.use(createPinia())
  connectStores(state, events)
  app.mount('#app')
  await ask('windowReady', {})
} catch (thrown) {
  createApp(FailedStart, { error: reportOf(thrown) }).mount('#app')
}
