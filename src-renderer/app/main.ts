/** @file Starts the page: asks main for its state, joins the stores to main's events, and shows the app. */
import './zod-without-eval'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { ask } from '../bridge/bridge'
import '../styles/fonts.css'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/type.css'
import '../styles/overlays.css'
import App from './app.vue'
import { connectStores } from './connect-stores'

const app = createApp(App)
app.use(createPinia())
connectStores(await ask('windowState', {}))
app.mount('#app')
await ask('windowReady', {})
