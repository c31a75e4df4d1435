/** @file The appearance: main tells the system's theme, the page's media query follows. */
import { usePreferredDark } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, watchEffect } from 'vue'
import type { Appearance } from '../../src-shared/model/window-settings'
import { ask } from '../bridge/bridge'

export const useSettingsStore = defineStore('settings', () => {
  const appearance = ref<Appearance>('dark')
  const prefersDark = usePreferredDark()

  watchEffect(() => {
    document.documentElement.dataset.theme = prefersDark.value ? 'dark' : 'light'
  })

  function setAppearance(next: Appearance): void {
    appearance.value = next
    void ask('changeSettings', { appearance: next })
  }

  return { appearance, setAppearance }
})
