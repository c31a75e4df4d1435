/** @file What the linter sees behind an import of a component; the type-checker of Vue reads the component itself. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent
  export default component
}
