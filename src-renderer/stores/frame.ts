/** @file The window itself: its buttons, its menu, how large it draws what is in it. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { ask } from '../bridge/bridge'

export const useFrameStore = defineStore('frame', () => {
  const maximised = ref(false)

  function control(which: 'minimise' | 'maximise' | 'close' | 'menu'): void {
    void ask('controlWindow', { control: which })
  }

  function zoomInterface(zoom: 'in' | 'out' | 'reset'): void {
    void ask('zoomInterface', { zoom })
  }

  return { maximised, control, zoomInterface }
})
